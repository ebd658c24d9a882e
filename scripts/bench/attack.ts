// npm run attack: counts the guesses that get through in a day, and fails unless the documentation says the same.
import assert from 'node:assert/strict';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import { type Command, refuseArguments } from '../command.ts';
import { applyMigrations } from '../libsql/apply-migrations.ts';
import { startLibsqlServer } from '../libsql/server.ts';
import { newSecrets } from '../secrets/fresh.ts';
import { parseConfig } from '../../src/config/config.ts';
import { sealSecret } from '../../src/crypto/sealed-secret.ts';
import { makeTotpSecret } from '../../src/crypto/totp.ts';
import { hashPassword } from '../../src/crypto/password-hash.ts';
import { createChallenges } from '../../src/store/challenges.ts';
import { openLibsql } from '../../src/store/libsql.ts';
import { createEvents } from '../../src/store/events.ts';
import { createLogins } from '../../src/store/logins.ts';
import { createOutbox } from '../../src/store/outbox.ts';
import { chanceOf, type CountFactorGuesses, fromAnyNetwork, fromOneNetwork, withSession } from './factor-guesses.ts';
import { attacks, countGuesses } from './guesses.ts';
import { attacker, countCodeGuesses, countMails, trace, victim } from './mail-guesses.ts';
import { countOwnPasswordGuesses } from './own-password-guesses.ts';

const page = readFileSync(
  join(import.meta.dirname, '..', '..', 'docs', 'concepts', 'guessing-and-floods.md'),
  'utf8',
).replaceAll(/ +/g, ' ');

export const command: Command = {
  usage: `npm run attack

Guesses passwords and codes, and asks for mails, at full speed, with the service's own statements on an empty database
and a clock that is put forward. Prints how many get through in an hour and in a day. Fails unless
docs/concepts/guessing-and-floods.md says the same.`,

  run: async (args) => {
    refuseArguments(args);
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-attack-'));
    const authToken = randomBytes(32).toString('base64url');
    const server = await startLibsqlServer({ file: join(folder, 'latchkey.db'), authToken });
    try {
      await attack({ url: server.url, authToken });
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

async function attack({ url, authToken }: { url: string; authToken: string }): Promise<void> {
  const client = createClient({ url, authToken });
  await applyMigrations(client);
  const database = openLibsql({ url, authToken }, { deadlineMs: 10_000 });
  const secrets = await newSecrets();
  const secretKey = secrets.SECRET_KEY;
  const findRetryAt = async () => {
    const { rows } = await client.execute('SELECT max(retry_at) AS at FROM login_attempts');
    return Number(rows[0]?.['at'] ?? 0);
  };

  const setting = { logins: createLogins(database), findRetryAt, secretKey };
  console.log('Guesses that get through on the first day, and on each later day:\n');
  for (const [name, guess] of Object.entries(attacks)) {
    await client.execute('DELETE FROM login_attempts');
    const first = await countGuesses(setting, guess, { start: new Date('2026-01-01T00:00:00Z'), hours: 24 });
    const second = await countGuesses(setting, guess, { start: new Date('2026-01-02T00:00:00Z'), hours: 24 });
    console.log(`  ${name.padEnd(40)} ${String(first).padStart(5)} ${String(second).padStart(5)}`);
    assert.ok(
      page.includes(`| ${name} | ${first} | ${second} |`),
      'docs/concepts/guessing-and-floods.md says otherwise',
    );
  }

  const env = { ISSUER: 'http://localhost', MAIL_TRANSPORT: 'log', PBKDF2_ITERATIONS: '1000', RATE_LIMITS: 'off' };
  // Workers have it in Web Crypto too.
  Object.assign(crypto.subtle, { timingSafeEqual });
  const config = parseConfig({ ...env, ...secrets, DB: {}, DENYLIST: {} });
  const password = 'correct horse';
  const hash = await hashPassword(password, { iterations: 1000, peppers: [] });
  for (const { id, email } of [victim, attacker]) {
    const sql = 'INSERT INTO users (id, email, password_hash, registered_at) VALUES (?, ?, ?, 0)';
    await client.execute({ sql, args: [id, email, hash] });
  }
  const countOutbox = async () => Number((await client.execute('SELECT count(*) AS n FROM outbox')).rows[0]?.['n']);
  const mails = { challenges: createChallenges(database), config, countMails: countOutbox };
  const deps = {
    config,
    logins: createLogins(database),
    limiter: { take: async () => true },
    note: () => undefined,
    report: () => undefined,
    identify: () => undefined,
    trace,
    events: createEvents(database),
    afterResponse: () => undefined,
    reportMail: () => undefined,
    mailer: undefined,
    outbox: createOutbox(database),
  };
  const rows = {
    'guesses at a code': (span: Span) => countCodeGuesses(mails, span),
    'mails that strangers ask for, for one purpose': (span: Span) => countMails(mails, ['reset_password'], span),
    'mails that strangers ask for, for all purposes': (span: Span) =>
      countMails(mails, ['reset_password', 'register', 'change_email'], span),
    'guesses at the current password': (span: Span) => countOwnPasswordGuesses({ deps, findRetryAt }, victim, span),
  };

  console.log('\nAt one account or address, from any number of networks, in an hour and in a day:\n');
  for (const [name, measure] of Object.entries(rows)) {
    const figures = [];
    for (const hours of [1, 24]) {
      for (const table of ['login_attempts', 'challenges', 'mail_requests', 'outbox'])
        await client.execute(`DELETE FROM ${table}`);
      figures.push(await measure({ start: new Date('2026-01-01T00:00:00Z'), hours }));
    }
    const [hour, day] = figures;
    console.log(`  ${name.padEnd(48)} ${String(hour).padStart(5)} ${String(day).padStart(5)}`);
    assert.ok(page.includes(`| ${name} | ${hour} | ${day} |`), 'docs/concepts/guessing-and-floods.md says otherwise');
  }

  const sealed = await sealSecret(makeTotpSecret(), victim.id, secretKey);
  const sql = 'INSERT INTO totps (user_id, sealed_secret, last_step, added_at) VALUES (?, ?, 0, 0)';
  await client.execute({ sql, args: [victim.id, sealed] });
  const findWaits = async (keys: string[]) => {
    const places = keys.map(() => '?').join(', ');
    const sql = `SELECT max(retry_at) AS retry, max(forgotten_at) AS forgotten FROM login_attempts WHERE key IN (${places})`;
    const [row] = (await client.execute({ sql, args: keys })).rows;
    return { retryAt: Number(row?.['retry'] ?? 0), forgottenAt: Number(row?.['forgotten'] ?? 0) };
  };
  const count = async (attack: CountFactorGuesses, span: Span) => {
    await client.execute('DELETE FROM login_attempts');
    return attack({ deps, findWaits }, { ...victim, password }, span);
  };

  console.log(
    '\nGuesses at a code of an app, on the first day and on each later one, and the chance in a day and a year:\n',
  );
  for (const [name, { ways, days }] of Object.entries(factorAttacks)) {
    let [first, later] = [0, 0];
    for (const way of ways) {
      const start = new Date('2026-01-01T00:00:00Z');
      const day = await count(way, { start, hours: 24 });
      const all = await count(way, { start, hours: days * 24 });
      first = Math.max(first, day);
      later = Math.max(later, Math.ceil((all - day) / (days - 1)));
    }
    const cells = [name, first, later, ...[first, first + 364 * later].map((guesses) => percent(chanceOf(guesses)))];
    console.log(`  ${cells.join('  ')}`);
    assert.ok(page.includes(`| ${cells.join(' | ')} |`), 'docs/concepts/guessing-and-floods.md says otherwise');
  }
}

/** Each in the way that finds most, and for how many days it is measured. At one network, an attacker can wait before a login. */
const factorAttacks = {
  'one network, with the password': { ways: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(fromOneNetwork), days: 8 },
  'any number of networks, with the password': { ways: [fromAnyNetwork], days: 2 },
  'any number of networks, with a stolen session': { ways: [withSession], days: 2 },
};

const percent = (chance: number) => `${Number((chance * 100).toPrecision(2))} %`;

type Span = { start: Date; hours: number };

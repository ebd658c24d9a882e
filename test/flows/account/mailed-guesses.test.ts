import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { attacker, countCodeGuesses, countMails, victim } from '../../../scripts/bench/mail-guesses.ts';
import { countOwnPasswordGuesses } from '../../../scripts/bench/own-password-guesses.ts';
import { wire } from '../../../src/wire.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { joe, silent, startService } from '../../support/service.ts';

/** `npm run attack` simulates days, and compares the figures with docs/concepts/guessing-and-floods.md. */
describe('an attacker of accounts at full speed', () => {
  const deps = wire({ ...env, MAIL_TRANSPORT: 'log' }, silent);
  const countOutbox = async () => Number(await sqlValue('SELECT count(*) FROM outbox'));
  const findRetryAt = async () => Number(await sqlValue('SELECT max(retry_at) FROM login_attempts'));
  const setting = { challenges: deps.challenges, config: deps.config, countMails: countOutbox };
  const hour = { start: new Date('2026-01-01T00:00:00Z'), hours: 1 };

  beforeEach(async () => {
    const { register } = startService();
    for (const { id, email } of [victim, attacker]) {
      await register({ ...joe, email });
      await sql('DELETE FROM sessions');
      await sql('UPDATE users SET id = ? WHERE email = ?', id, email);
    }
    await sql('DELETE FROM known_networks');
  });

  it('makes 15 guesses in an hour at the codes of one account', async () => {
    expect(await countCodeGuesses(setting, hour)).toBe(15);
  });

  it.each([
    { purposes: ['reset_password'], mails: 3 },
    { purposes: ['reset_password', 'register', 'change_email'], mails: 9 },
  ] as const)('brings $mails mails for $purposes to one address in an hour', async ({ purposes, mails }) => {
    expect(await countMails(setting, [...purposes], hour)).toBe(mails);
  });

  it('makes as many guesses at the current password as at the login', async () => {
    expect(await countOwnPasswordGuesses({ deps, findRetryAt }, victim, hour)).toBe(85);
  });
});

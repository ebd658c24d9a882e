import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { getTableName, is, Table } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { MAILS } from '../../../src/store/statements/mail/count-mail-request.ts';
import { wire } from '../../../src/wire.ts';
import { client, hashOf } from '../../support/clients.ts';
import { sql } from '../../support/database.ts';
import { declaredRoutes } from '../../support/declared-routes.ts';
import { isOfAdmin } from '../../support/documented-requests.ts';
import { ORIGIN } from '../../support/hostile-headers.ts';
import {
  arbitraryRequest,
  describeRequest,
  type HostileRequest,
  hostileRequest,
} from '../../support/hostile-requests.ts';
import { type Account, CANARY } from '../../support/hostile-text.ts';
import { findSecrets, keptFromCaller, keptFromLog } from '../../support/kept-secret.ts';
import { findFaults } from '../../support/lawful-responses.ts';
import { toRequest } from '../../support/sent-request.ts';
import { startWithMail, tokenOf } from '../../support/mailbox.ts';
import { withMail } from '../../support/mailed.ts';
import { bearer, startService, tokensOf } from '../../support/service.ts';
import { watchDatabase, watchDenylist } from '../../support/storage.ts';

/**
 * `VITE_FUZZ_RUNS=1000 VITE_FUZZ_SEED=7 npx vitest run --project d1 test/flows/service/fuzz.test.ts` runs longer, with
 * another seed.
 */
const { VITE_FUZZ_SEED = 1, VITE_FUZZ_RUNS = 7 } = import.meta.env;
const numRuns = Number(VITE_FUZZ_RUNS);
const BATCH = 36;

const tableFiles = import.meta.glob<Record<string, unknown>>('/src/store/tables/*.ts', { eager: true });
const tableNames = Object.values(tableFiles)
  .flatMap((file) => Object.values(file))
  .flatMap((value) => (is(value, Table) ? [getTableName(value)] : []));

const app = createApp(wire);
const credentials = { email: 'known.address@example.org', password: `${CANARY} of one's own` };

let account: Account;
/** An account of an administrator, whose tokens go to the routes of administrators. */
let admin: Account;
let logged: string[];
let listed: string[];
let hasWritten: boolean;

beforeEach(async () => {
  const tokens = tokensOf(await startService().register(credentials));
  account = { addresses: [credentials.email], client, ...tokens, mailed: await drainMails(tokens.access) };
  admin = await makeAdmin();
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void logged.push(words.join(' ')));
  }
});
afterEach(() => vi.restoreAllMocks());

async function makeAdmin(): Promise<Account> {
  const email = 'another.address@example.org';
  await startService().register({ ...credentials, email });
  await sql('UPDATE users SET admin = 1 WHERE email = ?', email);
  const tokens = tokensOf(await startService().logIn({ ...credentials, email }));
  return { ...account, addresses: [email, ...account.addresses], ...tokens };
}

/** Asks for all the mails that the address may get in an hour, so that no request leads to another. */
async function drainMails(access: string): Promise<string[]> {
  const { post, letters } = startWithMail();
  for (let mails = 0; mails < MAILS.perHourAndPurpose; mails += 1) {
    await post('/auth/password/reset', { email: credentials.email });
    await post('/auth/email/verification', {}, bearer(access));
  }
  return [...new Set(letters.map(tokenOf))];
}

const bindings = {
  ...env,
  ...withMail(),
  ...watchDatabase((statements) => {
    hasWritten ||= !statements.every((statement) => /^select\b/i.test(statement));
  }),
  OAUTH_CLIENTS: `${client.id}:${hashOf(client.secret)}`,
  CORS_ORIGINS: ORIGIN,
  DENYLIST: watchDenylist(({ operation, keys }) => {
    if (operation === 'put') listed.push(...keys);
  }),
};

describe('the service', () => {
  it('refuses hostile requests to every route, stores nothing of them and repeats nothing', async () => {
    for (const [i, route] of declaredRoutes.entries()) {
      // Events of another route have its `User-Agent`.
      await sql('DELETE FROM events');
      const own = isOfAdmin(route) ? admin : account;
      const addresses = route.path === '/auth/login' ? [...own.addresses, stranger] : own.addresses;
      // A query is looked at behind the guard, which few of these requests pass.
      const hasQuery = route.name === 'GET /admin/users';
      const statuses = await fuzz(hostileRequest(route, { ...own, addresses }), i, hasQuery ? 3 * numRuns : numRuns);
      const expected = hasQuery ? [400, 404, 405] : [404, 405];
      expect(statuses, `${route.method} ${route.path}`).toEqual(expect.arrayContaining(expected));
    }
  });

  it('refuses hostile requests to any other path, stores nothing of them and repeats nothing', async () => {
    const statuses = await fuzz(arbitraryRequest(account), declaredRoutes.length);
    expect(statuses).toEqual(expect.arrayContaining([404, 405]));
  });
});

const stranger = `${CANARY}@example.org`;

/** Sends batches of requests, those of a batch at once, and returns the statuses of the responses. */
async function fuzz(request: fc.Arbitrary<HostileRequest>, offset: number, runs = numRuns): Promise<number[]> {
  const seen = new Set<number>();
  const stock = await takeStock();
  const isHarmless = fc.asyncProperty(
    fc.array(request, { minLength: 1, maxLength: BATCH, size: 'max' }),
    async (requests) => {
      logged = [];
      listed = [];
      hasWritten = false;
      const faults = await Promise.all(requests.map((request) => findWrong(request, seen)));
      expect(faults.flat()).toEqual([]);
      expect(findSecrets(logged.join('\n'), keptFromLog(admin))).toEqual([]);
      expect(
        logged.filter((line) => !/^\{"level":"info"|^\{"level":"warn".*"event":"login_delayed"/.test(line)),
      ).toEqual([]);
      expect(logged).toHaveLength(requests.length);
      expect(listed).toEqual([]);
      expect(hasWritten ? await takeStock() : stock).toEqual(stock);
    },
  );
  await fc.assert(isHarmless, { seed: Number(VITE_FUZZ_SEED) + offset, numRuns: runs, unbiased: true });
  expect(await takeStock()).toEqual(stock);
  expect(findSecrets(JSON.stringify(await sql(REFUSED)), keptFromLog(admin))).toEqual([]);
  return [...seen];
}

/** Sends `request` and returns the faults of the response, whose status goes into `seen`. */
async function findWrong(request: HostileRequest, seen: Set<number>): Promise<string[]> {
  const sent = await toRequest(request);
  const late: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => void late.push(work);
  const response = await app.fetch(sent, bindings, { waitUntil, passThroughOnException: () => undefined, props: {} });
  const text = await response.text();
  await Promise.all(late);
  seen.add(response.status);
  const shown = `${text} ${JSON.stringify([...response.headers].map(withoutScope))}`;
  const repeated = findSecrets(shown, [...keptFromCaller(account), ...keptFromCaller(admin)]).map(
    (secret) => `has ${secret} in it`,
  );
  const faults = [...findFaults({ method: sent.method, url: sent.url, response, text }), ...repeated];
  return faults.map((fault) => `${fault}: ${response.status} ${shown}, to ${describeRequest(request)}`);
}

/** The challenge of a place that names scopes names them too (RFC 6750, section 3), as they stand in the query. */
const withoutScope = ([name, value]: [string, string]): [string, string] => [
  name,
  name === 'www-authenticate' ? value.replace(/, scope="[^"]*"$/, '') : value,
];

/** Events of refused passwords, without the `User-Agent` that they show. */
const REFUSED = "SELECT type, actor, data, request_id FROM events WHERE type IN ('login_failed', 'login_delayed')";

/**
 * Reads every table, a new one too, except the attempts at passwords and codes, which the service has to count, and their
 * events.
 */
async function takeStock() {
  const kept = tableNames.filter((table) => table !== 'login_attempts');
  const others: Record<string, string> = { events: " WHERE type NOT IN ('login_failed', 'login_delayed')" };
  const tables = await Promise.all(kept.map((table) => sql(`SELECT * FROM ${table}${others[table] ?? ''}`)));
  return tables.map((rows) => rows.map((row) => ('attempts' in row ? { ...row, attempts: 0 } : row)));
}

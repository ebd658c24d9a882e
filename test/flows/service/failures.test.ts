import { env, exports } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Verifier } from '../../../src/index.ts';
import { startClients } from '../../support/clients.ts';
import { emptyTables, isLibsql, sql, sqlValue } from '../../support/database.ts';
import { documentedRequests, isOfAdmin, prepare, readTable } from '../../support/documented-requests.ts';
import { takesFactors } from '../../support/factor-requests.ts';
import { type Failure, failures } from '../../support/failures.ts';
import { redeemingPaths, withMail } from '../../support/mailed.ts';
import { isOfClients, storedClient } from '../../support/stored-client.ts';
import {
  type ServiceResponse,
  bindingsOf,
  joe,
  newPassword,
  startService,
  type TestTiming,
  tokensOf,
} from '../../support/service.ts';

const RPC = 'RPC `verify`';
const requests = new Map(documentedRequests.map((request) => [request.name, request]));

/** The documented matrix: by row and by column, `503`, or `✓` for the usual response. */
const matrix = readTable('When something fails');
const rows = [...matrix.keys()];

/** It writes to KV that older access tokens have other rights. */
const RIGHTS = '`PATCH /admin/users/{id}` of roles';

const trips = readTable('Round trips');
const writing = rows.filter((row) => row !== RIGHTS && !['0', undefined].includes(trips.get(row)?.['KV writes']));
const isOfKey = (row: string) => row.includes('/keys/') || row === '`POST /oauth/revoke` of an API key';

/** It revokes an access token that it has made itself, and ends nothing else. */
const OF_MACHINE = '`POST /oauth/revoke` of a machine';
const isOfClient = (row: string) => isOfClients({ path: requests.get(row)?.path ?? '' }) && !isOfKey(row);

/** The requests that end access tokens of a client. */
const endingClients = new Set(writing.filter(isOfClient));

/** The requests that revoke sessions or API keys. No others write to KV. */
const ending = new Set(writing.filter((row) => row !== OF_MACHINE && !isOfClient(row)));

const { register, logIn, status } = startService();

/** The requests that need a user of their own, since they change it, or a configuration. */
const isAlone = (row: string) => {
  const request = requests.get(row);
  const { path = '', as = path, env: own } = request ?? {};
  return (
    takesFactors(as) || ending.has(row) || own !== undefined || redeemingPaths.includes(path) || isOfAdmin({ path })
  );
};

/**
 * Registers a user with two sessions, who has the mail that `row` redeems, and starts a service that `failure` breaks
 * until `mend` is called.
 */
async function startBroken(failure: Failure, row = '') {
  let isBroken = true;
  const bindings = failure.break(() => isBroken);
  const timing = { ...failure.timing };
  const request = requests.get(row) ?? { path: '', env: undefined };
  const tokens = await prepare(request);
  const service = startClients({ env: () => ({ ...withMail(), ...request.env, ...bindingsOf(bindings) }), timing });

  async function ask(row: string): Promise<ServiceResponse> {
    const isSlow = isBroken && failure.timing !== undefined;
    if (row === RPC) return askRpc(bindingsOf(bindings), tokens.access, isSlow);
    const request = requests.get(row);
    if (request === undefined) throw new TypeError(`${row} is not a request of the service`);
    return request.ask(service, tokens);
  }
  const mend = () => {
    isBroken = false;
    for (const deadline of keysOf(timing)) delete timing[deadline];
  };
  return { ask, mend, userId: String(decodeJwt(tokens.access).sub) };
}

const keysOf = (timing: Partial<TestTiming>) =>
  (['limiterMs', 'denylistReadMs', 'denylistWriteMs', 'storageMs'] as const).filter((name) => name in timing);

const { setTimeout } = globalThis;

/**
 * Calls the RPC and returns the verdict as an HTTP response. `isSlow` shortens its deployed deadlines to a hundredth.
 */
async function askRpc(bindings: object, token: string, isSlow: boolean): Promise<ServiceResponse> {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  if (isSlow) timers.mockImplementation((callback, ms) => setTimeout(callback, Number(ms) / 100));
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {}, exports };
  const verifier: Verifier = Reflect.construct(Verifier, [context, { ...env, ...bindings }]);
  const verdict = await verifier.verify(token);
  timers.mockRestore();
  if (verdict.active) return { status: 200, headers: new Headers(), body: {} };
  return { status: 503, headers: new Headers({ 'retry-after': '5' }), body: { code: verdict.code } };
}

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const ours = failures.filter(({ isOfDatabase = false }) => !isLibsql || isOfDatabase);
const MISCONFIGURED = 'bad secret, missing binding';
const isMisconfigured = ({ column }: Failure) => column === MISCONFIGURED;
const misconfigurations = ours.filter(isMisconfigured);
const outages = ours.filter((failure) => !isMisconfigured(failure));

/** The refusal of `row` while `column` fails. Under `/oauth/` it has the shape of RFC 6749. */
function refusalOf(row: string, column: string) {
  return row.includes(' /oauth/') ? { error: 'temporarily_unavailable' } : { code: codeOf(row, column) };
}

function codeOf(row: string, column: string): string {
  if (column === MISCONFIGURED) return 'misconfigured';
  if (row === '`GET /ready`') return 'not_ready';
  if (column === 'unusable signing key') return 'misconfigured';
  return column.startsWith('HIBP') ? 'breach_check_unavailable' : 'storage_unavailable';
}

const successOf = (row: string) => requests.get(row)?.success ?? 200;

const CHANGE = '`POST /auth/password`';
const DELETION = '`DELETE /auth/user`';
const UNDO = '`POST /auth/email/undo`';
const BY_CODE = '`POST /auth/password/reset/confirm` by code';
const SECRET = '`DELETE /admin/clients/{id}/secrets/{secret}`';
const DISABLING = '`PATCH /admin/users/{id}`';
const removals = ['`DELETE /auth/factors/totp`', '`DELETE /auth/factors/passkeys/{id}`'];
const byAdmins = [
  DISABLING,
  '`DELETE /admin/users/{id}`',
  '`DELETE /admin/users/{id}/sessions`',
  '`DELETE /admin/users/{id}/factors`',
];
const resets = ['`POST /auth/password/reset/confirm`', BY_CODE];

/** The requests that end all sessions, by one entry for the user. */
const endingAll = ['`POST /auth/logout?scope=all`', CHANGE, DELETION, UNDO, ...removals, ...resets, ...byAdmins];

/** The status of the next attempt at an end that only the database has recorded. */
function afterHalfRecorded(row: string): number {
  // The mail is used. Its token completes the end.
  if (row === UNDO || resets.includes(row)) return 400;
  if (row === SECRET) return 404;
  // It completes the end, and gets `revoked_token`.
  const isOfUser = !byAdmins.includes(row) && ['`POST /auth/logout`', ...endingAll].includes(row);
  return isOfUser ? 401 : successOf(row);
}

const isRefused = (row: string, column: string) => matrix.get(row)?.[column] === '503';

it('documents every request and every failure, and no other', () => {
  expect(rows.toSorted()).toEqual([...requests.keys(), RPC].toSorted());
  const columns = new Set(failures.map(({ column }) => column));
  for (const cells of matrix.values()) expect(Object.keys(cells)).toEqual(['request', ...columns]);
});

it.each(outages.filter(({ column }) => rows.some((row) => isRefused(row, column))))(
  'while $name, the service refuses with 503 what the matrix says, and succeeds once that is over',
  async (failure) => {
    const { column } = failure;
    const refused = rows.filter((row) => isRefused(row, column));
    const { ask, mend } = await startBroken(failure);
    const together = refused.filter((row) => !isAlone(row));
    for (const row of together) expectRefusal(row, column, await ask(row));
    mend();
    for (const row of together) expect((await ask(row)).status, row).toBe(successOf(row));

    for (const row of refused.filter(isAlone)) {
      await emptyTables();
      const { ask, mend, userId } = await startBroken(failure, row);
      expectRefusal(row, column, await ask(row));
      mend();
      const isHalfRecorded = ['KV write down', 'KV slow'].includes(column);
      const status = isHalfRecorded ? afterHalfRecorded(row) : successOf(row);
      // Within a second, the first attempt may still be writing.
      if (status === 400) await sql('UPDATE sessions SET revoked_at = revoked_at - 2000');
      expect((await ask(row)).status, row).toBe(status);
      // A code that is used says nothing of whose it was.
      await expectEnded(row, userId, { isDenylisted: status !== 400 || row !== BY_CODE });
      await expectLoginsToSucceed(row);
    }
  },
);

function expectRefusal(row: string, column: string, response: ServiceResponse): void {
  expect(response, row).toMatchObject({ status: 503, body: refusalOf(row, column) });
  expect(response.headers.get('retry-after'), row).toBe('5');
}

it.each(outages)('while $name, everything else succeeds', async (failure) => {
  const succeeding = rows.filter((row) => !isRefused(row, failure.column));
  const { ask } = await startBroken(failure);
  for (const row of succeeding.filter((row) => !isAlone(row))) {
    expect((await ask(row)).status, row).toBe(successOf(row));
  }
  for (const row of succeeding.filter(isAlone)) {
    await emptyTables();
    const { ask, userId } = await startBroken(failure, row);
    expect((await ask(row)).status, row).toBe(successOf(row));
    await expectEnded(row, userId);
  }
});

it.each(misconfigurations)('while $name, only health succeeds', async (failure) => {
  const { ask, mend } = await startBroken(failure);
  for (const row of rows) {
    const response = await ask(row);
    const isGone = isRefused(row, MISCONFIGURED);
    expect(isGone, row).toBe(row !== '`GET /health`');
    expect(response, row).toMatchObject(
      isGone ? { status: 503, body: refusalOf(row, MISCONFIGURED) } : { status: 200 },
    );
    expect(response.headers.get('retry-after'), row).toBe(isGone ? '5' : null);
  }

  mend();
  for (const row of rows.filter((row) => !isAlone(row))) expect((await ask(row)).status, row).toBe(successOf(row));
});

/**
 * The database has recorded what `row` ends as revoked or has deleted it, and the denylist lists it, if it
 * `isDenylisted`.
 */
async function expectEnded(row: string, userId: string, { isDenylisted = true } = {}): Promise<void> {
  if (endingClients.has(row)) return expectClientEnded(row);
  if (!ending.has(row)) return;
  if (isOfKey(row)) return expectKeyRevoked(row);
  const isAll = endingAll.includes(row);
  const isAnyLeft = !isAll || row === CHANGE || removals.includes(row);
  expect(await sqlValue('SELECT count(*) FROM sessions WHERE revoked_at IS NULL'), row).toBe(isAnyLeft ? 1 : 0);
  const id = String(await sqlValue('SELECT id FROM sessions WHERE revoked_at IS NOT NULL'));
  expect((await env.DENYLIST.get(isAll ? `sub:${userId}` : `sid:${id}`)) !== null, row).toBe(isDenylisted);
}

async function expectClientEnded(row: string): Promise<void> {
  expect(await env.DENYLIST.get(`sub:${storedClient.id}`), row).toBe(String(storedClient.version + 1));
}

async function expectKeyRevoked(row: string): Promise<void> {
  const revoked = await sql('SELECT id FROM api_keys WHERE revoked_at IS NOT NULL');
  expect(revoked, row).toHaveLength(1);
  for (const { id } of revoked) expect(await env.DENYLIST.get(`key:${String(id)}`), row).not.toBeNull();
}

/** A user who logs in after the failure can use the new session everywhere. An undo leaves no password to log in with. */
async function expectLoginsToSucceed(row: string): Promise<void> {
  if (!ending.has(row) || [UNDO, DISABLING].includes(row)) return;
  await register();
  const password = [CHANGE, ...resets].includes(row) ? newPassword : joe.password;
  const { access } = tokensOf(await logIn({ ...joe, password }));
  expect(await status(access)).toMatchObject({ status: 200 });
  // Another location has not cached that the user is not denylisted.
  expect(await startService().verify(access)).toMatchObject({ status: 204 });
}

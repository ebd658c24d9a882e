import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAttempts } from '../support/admin-attempts.ts';
import type { Attempt } from '../support/attempt.ts';
import { basic, client, startClients } from '../support/clients.ts';
import { type DeclaredRoute, declaredRoutes } from '../support/declared-routes.ts';
import { emptyTables } from '../support/database.ts';
import { NEWCOMER_ROUTES } from '../support/documented-requests.ts';
import { declaredResponses, lawfulRequest, type Parts, send, tokenFor } from '../support/lawful-requests.ts';
import { factorAttempts } from '../support/factor-attempts.ts';
import { factorRequestFor, takesFactors } from '../support/factor-requests.ts';
import { keyAttempts } from '../support/key-attempts.ts';
import { programAttempts } from '../support/program-attempts.ts';
import { recentAttempts } from '../support/recent-attempts.ts';
import { startRanges } from '../support/ranges.ts';
import { mailFor, NEWCOMER, redeemingPaths, withMail } from '../support/mailed.ts';
import { bindingsOf, joe, startClock, tokensOf } from '../support/service.ts';
import { idsFor, storeClient, storeKeys, storedClient } from '../support/stored-client.ts';
import { bug, fail, watchDatabase, watchDenylist } from '../support/storage.ts';

const later = startClock();
later.pass(3600);

const withHeader = (name: string, value: string) => (parts: Parts) => ({
  ...parts,
  headers: { ...parts.headers, [name]: value },
});

/** Attempts that together draw every refusal from every route. A new code may need another one here. */
const attempts: Record<string, Attempt> = {
  'is lawful': {},
  'comes again': { isRepeated: true },
  'meets a registration that begins with a mail': { options: { env: { REGISTRATION: 'confirm' } } },
  'meets a closed registration': { options: { env: { REGISTRATION: 'closed' } } },
  'meets a service without mail': { options: { env: { MAIL_TRANSPORT: 'none', REGISTRATION: 'confirm' } } },
  'has no token': { change: (parts) => ({ ...parts, headers: { 'content-type': parts.type ?? 'text/plain' } }) },
  'has a header that is not a bearer token': { change: withHeader('authorization', 'Bearer ?') },
  'has an access token of somebody else': { change: withHeader('authorization', 'Bearer a.b.c') },
  'has an expired access token': { options: { deps: { now: later.now } } },
  'has a revoked access token': { before: ({ logOut }, access) => logOut(access) },
  'has wrong values': { change: ({ headers }, route) => ({ ...lawfulRequest(route, wrong, ''), headers }) },
  'has a wrong client secret': {
    change: withHeader('authorization', basic({ ...client, secret: 'wrong' }).authorization),
  },
  'has a body of octets that are not UTF-8': {
    change: (parts) => ({ ...parts, body: new Uint8Array([0x22, 0xff, 0x22]) }),
  },
  'has a body of another type': {
    change: (parts) => withHeader('content-type', 'text/plain')({ ...parts, body: 'x' }),
  },
  'has a body of 17 KiB': { change: (parts) => ({ ...parts, body: 'x'.repeat(17 * 1024) }) },
  'lacks its fields': { change: (parts) => ({ ...parts, fields: {} }) },
  'has another query': {
    change: (parts, route) => ({
      ...parts,
      query: `?${route.queryFields.map((name) => `${name}=x`).join('&')}`,
    }),
  },
  'is one too many': { options: { env: { RATE_LIMITS: 'on' }, deps: { limiter: { take: async () => false } } } },
  'finds no static assets': { options: { env: { PLAYGROUND: 'off', ASSETS: undefined } } },
  'meets a bad configuration': { options: { env: { ISSUER: '' } } },
  'meets a storage that is down': {
    options: { env: () => ({ ...watchDatabase(fail), DENYLIST: watchDenylist(fail) }) },
  },
  'meets a breach check that is down': { options: { env: { PASSWORD_BREACH_CHECK: 'fail-closed' } } },
  'meets a bug': { options: { env: { RATE_LIMITS: 'on' }, deps: { limiter: { take: bug } } } },
  ...adminAttempts,
  ...factorAttempts,
  ...keyAttempts,
  ...programAttempts,
  ...recentAttempts,
};

const wrong = {
  email: joe.email,
  password: 'a wrong password',
  current_password: 'a wrong password',
  refresh_token: 'x',
  token: 'x',
  id: '00000000-0000-7000-8000-000000000000',
  session: '00000000-0000-7000-8000-000000000000',
  secret: storedClient.secretId,
  key: '0000000000000000',
  challenge_token: 'x',
  enrolment_token: 'x',
};

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

/** What `route` responds to each attempt: `<status> <code>`, or `<status>`. */
async function responsesOf(route: DeclaredRoute): Promise<string[]> {
  const whole = startClients();

  async function respondTo(attempt: Attempt, isByCode: boolean): Promise<string> {
    const { options = {}, before, isByUser = false, change, isRepeated } = attempt;
    await emptyTables();
    const { sub, sid } = decodeJwt(tokensOf(await whole.register()).access);
    await storeClient();
    await storeKeys(String(sub));
    const ids = idsFor(route, { userId: String(sub), sessionId: String(sid) });
    const { access: own, refresh } = takesTokens(route) ? tokensOf(await whole.logIn()) : { access: '', refresh: '' };
    const mailed = await mailFor(route.path, own);
    const { access = own, values: factor } = await factorRequestFor(route.path, own);
    const email = isNewcomer(route) ? NEWCOMER : joe.email;
    const passwords = { password: joe.password, current_password: joe.password };
    const values = { email, ...passwords, refresh_token: refresh, token: mailed.token || access, ...ids, ...factor };
    const byToken = lawfulRequest(route, values, isByUser ? access : await tokenFor(route, access));
    const lawful = isByCode ? withCode(byToken, { email, code: mailed.code }) : byToken;
    await before?.(whole, access, lawful);
    const { path, init } = send(change?.(lawful, route) ?? lawful);
    const { call } = startClients({ ...options, env: () => ({ ...withMail(), ...bindingsOf(options.env) }) });
    const first = await call(path, init);
    const headers = { ...lawful.headers, 'if-none-match': first.headers.get('etag') ?? '' };
    const { status, body } = isRepeated ? await call(path, { ...init, headers }) : first;
    const code = body['code'] ?? body['error'];
    return typeof code === 'string' ? `${status} ${code}` : String(status);
  }

  const responses: string[] = [];
  for (const attempt of Object.values(attempts).filter(({ applies }) => applies?.(route) ?? true)) {
    responses.push(await respondTo(attempt, false));
    if (route.fields.includes('code') && redeemingPaths.includes(route.path))
      responses.push(await respondTo(attempt, true));
  }
  return responses;
}

/** `parts` with the code of a mail instead of its token. Without an access token, the address goes with it. */
function withCode(parts: Parts, { email, code }: Record<'email' | 'code', string>): Parts {
  const others = Object.entries(parts.fields).filter(([name]) => name !== 'token');
  const owner = 'authorization' in parts.headers ? {} : { email };
  return { ...parts, fields: { ...Object.fromEntries(others), code, ...owner } };
}

const takesTokens = ({ guard, path, fields }: DeclaredRoute) =>
  guard !== undefined || takesFactors(path) || fields.includes('token') || fields.includes('refresh_token');

/** An account begins with an address that has none. */
const isNewcomer = ({ path, name }: DeclaredRoute) =>
  path.startsWith('/auth/register') || NEWCOMER_ROUTES.includes(name);

describe('every route declares the responses that it gives, and no other', () => {
  it.each(declaredRoutes.map((route) => [route.name, route] as const))('%s', async (_, route) => {
    startRanges(() => new Response(undefined, { status: 503 }));
    const responses = new Set(await responsesOf(route));
    expect([...responses].toSorted()).toEqual(declaredResponses(route).toSorted());
  });
});

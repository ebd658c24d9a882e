import page from '../../docs/reference/routes.md?raw';
import type { startClients } from './clients.ts';
import { sql, sqlValue } from './database.ts';
import { declaredRoutes } from './declared-routes.ts';
import { type FactorRequest, factorRequestFor } from './factor-requests.ts';
import { lawfulRequest, send, tokenFor } from './lawful-requests.ts';
import { operatorToken } from './operator.ts';
import { programRequests } from './program-requests.ts';
import { idsFor, storeClient, storeKeys } from './stored-client.ts';
import { type Mailed, mailFor, NEWCOMER, redeemingPaths } from './mailed.ts';
import { bearer, joe, newPassword, type ServiceResponse, startService, tokensOf } from './service.ts';

type Service = ReturnType<typeof startClients>;

/**
 * What requests are made with: the id and the tokens of a user, the id of another session of that user, a mail, and the
 * values of a second factor.
 */
export type Tokens = {
  userId: string;
  access: string;
  refresh: string;
  other: string;
  mailed: Mailed;
  factor: FactorRequest['values'];
};

/** A request that has a row in the tables of docs/reference/routes.md, and the status of its success. */
export type DocumentedRequest = {
  name: string;
  path: string;
  /** Whose preparation it takes, if not that of its path. */
  as?: string;
  success: number;
  /** The configuration that it needs, beside mail. */
  env?: object;
  ask: (service: Service, tokens: Tokens) => Promise<ServiceResponse>;
};

const whole = startService();

/**
 * The tokens of joe, who is registered and logs in, and the mail or the second factor that the request takes. Other rows of
 * the user stay. Stores a client and API keys, too.
 */
export async function prepare({ path, as = path }: Pick<DocumentedRequest, 'path' | 'as'>): Promise<Tokens> {
  await storeClient();
  await whole.register();
  const { access, refresh } = tokensOf(await whole.logIn());
  const other = String(await sqlValue('SELECT id FROM sessions ORDER BY started_at, id LIMIT 1'));
  const userId = String(await sqlValue('SELECT id FROM users'));
  await storeKeys(userId);
  const mailed = await mailFor(path, access);
  const { access: raised = access, values: factor } = await factorRequestFor(as, access);
  return { userId, access: raised, refresh, other, mailed, factor };
}

/** The routes that take an address without an account. */
export const NEWCOMER_ROUTES = ['POST /auth/register', 'POST /admin/users'];

/** Whether the route is one for administrators. */
export const isOfAdmin = ({ path }: { path: string }) => path.startsWith('/admin/');

const ofRoutes: DocumentedRequest[] = declaredRoutes.map((route) => ({
  name: `\`${route.name}\``,
  path: route.path,
  success: Math.min(...route.responses.keys()),
  ask: async ({ call }, { userId, access, refresh, other, mailed, factor }) => {
    const email = NEWCOMER_ROUTES.includes(route.name) ? NEWCOMER : joe.email;
    const token = redeemingPaths.includes(route.path) ? mailed.token : access;
    const passwords = { password: joe.password, current_password: joe.password, new_password: newPassword };
    const ids = idsFor(route, { userId, sessionId: other });
    const values = { email, ...passwords, refresh_token: refresh, token, ...ids, ...factor };
    const { path, init } = send(lawfulRequest(route, values, await tokenFor(route, access)));
    return call(path, init);
  },
}));

/** A request that redeems a mail by its code. `fields` are those that go with it. */
const byCode = (path: string, fields: object, success = 200): DocumentedRequest => ({
  name: `\`POST ${path}\` by code`,
  path,
  success,
  ask: ({ post }, { access, mailed: { code } }) =>
    post(path, { code, ...fields }, 'email' in fields ? {} : bearer(access)),
});

const ofPost = (path: string, what: string, rest: Omit<DocumentedRequest, 'name' | 'path'>): DocumentedRequest => ({
  name: `\`POST ${path}\` ${what}`,
  path,
  ...rest,
});

const variants: DocumentedRequest[] = [
  ofPost('/auth/register', 'with `REGISTRATION=confirm`', {
    success: 202,
    env: { REGISTRATION: 'confirm' },
    ask: ({ register }) => register({ email: NEWCOMER }),
  }),
  byCode('/auth/register/confirm', { email: NEWCOMER, password: joe.password }, 201),
  byCode('/auth/email/verify', {}),
  ofPost('/auth/password/reset', 'for an unknown address', {
    success: 202,
    ask: ({ post }) => post('/auth/password/reset', { email: NEWCOMER }),
  }),
  byCode('/auth/password/reset/confirm', { email: joe.email, new_password: newPassword }),
  byCode('/auth/email/confirm', {}),
  ...(['others', 'all'] as const).map((scope) => ({
    name: `\`POST /auth/logout?scope=${scope}\``,
    path: '/auth/logout',
    success: 200,
    ask: ({ logOut }: Service, { access }: Tokens) => logOut(access, scope),
  })),
  ofPost('/auth/logout', 'by refresh token', {
    success: 200,
    ask: ({ post }, { refresh }) => post('/auth/logout', { refresh_token: refresh }),
  }),
  ofPost('/oauth/introspect', 'of a refresh token', {
    success: 200,
    ask: ({ introspect }, { refresh }) => introspect({ token: refresh }),
  }),
  ofPost('/oauth/revoke', 'of a refresh token', {
    success: 200,
    ask: ({ revoke }, { refresh }) => revoke({ token: refresh }),
  }),
];

const ofFactors: DocumentedRequest[] = [
  ofPost('/auth/login', 'with a second factor', {
    as: '/auth/login/factor',
    success: 403,
    ask: ({ logIn }) => logIn(),
  }),
  ofPost('/auth/reauthenticate', 'with a code', {
    as: '/auth/login/factor',
    success: 200,
    ask: ({ post }, { access, factor: { code } }) => post('/auth/reauthenticate', { code }, bearer(access)),
  }),
  ofPost('/auth/factors/totp', 'with a challenge token', {
    as: 'a login that has to set up a factor',
    success: 200,
    env: { SECOND_FACTOR: 'required' },
    ask: ({ post }, { factor: { challenge_token } }) => post('/auth/factors/totp', { challenge_token }),
  }),
];

const ofAdmin: DocumentedRequest[] = [
  {
    name: '`GET /admin/users` with an access token',
    path: '/admin/users',
    success: 200,
    ask: async ({ call }, { access }) => {
      await sql('UPDATE users SET admin = 1');
      return call('/admin/users', { headers: bearer(access) });
    },
  },
  {
    name: '`PATCH /admin/users/{id}` of roles',
    path: '/admin/users/{id}',
    success: 200,
    ask: async ({ call }, { userId }) =>
      call(`/admin/users/${userId}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...bearer(await operatorToken()) },
        body: JSON.stringify({ roles: ['editor'] }),
      }),
  },
];

/** Every route, and variants of some that use storage in another way. */
export const documentedRequests = [...ofRoutes, ...variants, ...ofFactors, ...programRequests, ...ofAdmin];

/** The table of the page under `heading`: the cells by row and by column. */
export function readTable(heading: string): Map<string, Record<string, string>> {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const lines = section.split(/\n## /)[0]?.match(/^\|.*\|$/gm) ?? [];
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  const table = new Map<string, Record<string, string>>();
  for (const row of rows) table.set(row[0] ?? '', Object.fromEntries(row.map((cell, i) => [head[i] ?? '', cell])));
  return table;
}

import { createAdmin } from 'latchkey-client/admin';
import { respond } from '../../support/client.ts';

/** A request that the client has made. */
export type Seen = { path: string; body: unknown; token: string | null; ifMatch: string | null };

export type Answer = () => Promise<Response>;

/** A client of a service that gives these answers, one each, and then none; the requests; and how many tokens it asked for. */
export function standIn(...answers: Answer[]) {
  const seen: Seen[] = [];
  let tokens = 0;
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const { headers } = request;
    // workerd warns about text() where the type is not one of text.
    const text = new TextDecoder().decode(await request.arrayBuffer());
    seen.push({
      path: `${request.method} ${pathname}${search}`,
      body: bodyOf(text, headers.get('content-type')),
      token: headers.get('authorization'),
      ifMatch: headers.get('if-match'),
    });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('There is no further answer.');
    return answer();
  };
  const token = () => `token-${(tokens += 1)}`;
  const admin = createAdmin({ url: 'http://localhost', token, fetch });
  return { admin, seen, fetch, paths: () => seen.map(({ path }) => path) };
}

/** What a body says: a list of its lines where it is NDJSON. */
function bodyOf(text: string, type: string | null): unknown {
  if (type === 'application/x-ndjson') return text.split(/(?<=\n)/).map((line): unknown => JSON.parse(line));
  return text === '' ? undefined : JSON.parse(text);
}

/** A success with these fields, and an ETag. */
export const succeed = (fields: object, status = 200) =>
  respond(status, { status: 'success', ...fields }, { ETag: '"7"' });

/** A response that never arrives. */
export const lost: Answer = () => Promise.reject(new TypeError('Failed to fetch'));

export const user = {
  user_id: '2b1c4d34-95cd-44d5-9a7e-1f3f6a1a8c55',
  email: 'joe@gmail.com',
  email_verified: true,
  admin: false,
  roles: ['editor'],
  claims: { tenant: 'acme' },
  locale: 'de',
  registered_on: '2026-11-01T10:00:00.000Z',
  disabled_on: null,
  second_factor: true,
};

export const details = {
  ...user,
  undeliverable_on: null,
  live_sessions: 2,
  factors: { totp: true, passkeys: 2, recovery_codes: 9 },
  login: {
    password_scheme: 'pbkdf2-sha256-split',
    password_usable: true,
    last_login_on: '2026-11-02T10:00:00.000Z',
    last_failed_on: null,
    waits: [{ until: '2026-11-03T10:00:00.000Z', by: 'account' }],
  },
};

export const session = {
  id: 's1',
  started_on: '2026-11-02T10:00:00.000Z',
  last_used_on: '2026-11-02T10:00:00.000Z',
  expires_on: '2026-12-02T10:00:00.000Z',
  address_prefix: '203.0.113.0/24',
  country: null,
  user_agent: null,
};

export const event = {
  id: '123',
  type: 'login',
  at: '2026-11-02T10:00:00.000Z',
  user_id: user.user_id,
  actor: 'user',
  session_id: 's1',
  address_prefix: null,
  country: 'DE',
  user_agent: null,
  request_id: 'r1',
  data: null,
};

/** A user of the tutorial's, as an export has it. */
export const line = {
  id: user.user_id,
  email: 'joe@gmail.com',
  password_hash: '$2b$13$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  registered_on: '2026-11-01T10:00:00.000Z',
  email_verified: true,
  admin: false,
  roles: ['editor'],
  claims: { tenant: 'acme' },
  disabled: false,
  locale: null,
};

const refused = { path: 'password_hash', message: 'bcrypt with cost 15: 14 at most.' };

/** What an import of two lines has done. */
export const report = {
  imported: 1,
  unchanged: 0,
  refused: 1,
  lines: [
    { line: 1, outcome: 'imported', user_id: user.user_id, errors: [] },
    { line: 2, outcome: 'refused', user_id: null, errors: [refused] },
  ],
  schemes: [{ scheme: 'bcrypt', parameters: 'cost 13', users: 1, cpu_ms: 525 }],
};

export const delivery = { mailed: false, link: 'https://auth.example.org/reset#token=x', expires_on: '2026-11-03' };

export const client = {
  client_id: 'reports',
  name: 'Reports',
  scopes: ['reports:read'],
  jwks: null,
  secrets: [{ secret_id: 'x1', created_on: '2026-11-01T10:00:00.000Z' }],
  created_on: '2026-11-01T10:00:00.000Z',
  disabled_on: null,
  last_used_on: '2026-11-02T10:00:00.000Z',
  last_refused_on: null,
};

/** A public key of a client. */
export const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'k1', alg: 'EdDSA', x: 'x' }] };

export const key = {
  key_id: 'k1',
  name: 'Nightly export',
  scopes: ['reports:read'],
  created_on: '2026-11-01T10:00:00.000Z',
  expires_on: '2027-01-30T10:00:00.000Z',
  last_used_on: null,
};

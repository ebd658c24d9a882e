import { randomUUID } from 'node:crypto';
import { signAccessToken } from '../../../src/crypto/access-token.ts';
import { signRefreshToken } from '../../../src/crypto/refresh-token.ts';
import { importSigningKeys } from '../../../src/crypto/signing-keys.ts';
import { clientHeaders } from './operations.ts';
import { insertRows } from './insert-rows.ts';

/** What the tokens of a service are made with, and a client of `/oauth/`. */
export type LatchkeyAccess = {
  issuer: string;
  audience: string;
  secretKey: string;
  signingKeys: string;
  client: { id: string; secret: string };
};

/** A session that is in the database, and its tokens. */
export type OpenSession = { id: string; userId: string; accessToken: string; refreshToken: string };

const IDLE_MS = 2_592_000_000;
const ACCESS_SECONDS = 900;

/** Makes `users` accounts with `each` sessions that begin now. Returns the sessions of each account. */
export async function openSessions(
  database: D1Database,
  access: LatchkeyAccess,
  { users, each }: { users: number; each: number },
): Promise<OpenSession[][]> {
  const now = Date.now();
  const userIds = Array.from({ length: users }, () => randomUUID());
  const open = (userId: string) => Promise.all(Array.from({ length: each }, () => newSession(userId, access, now)));
  const groups = await Promise.all(userIds.map(open));
  const account = { password_hash: '', registered_at: now };
  await insertRows(
    database,
    'users',
    userIds.map((id) => ({ id, email: `${id}@example.org`, ...account })),
  );
  const device = { address_prefix: '203.0.113.0/24', user_agent: clientHeaders['User-Agent'] };
  const times = { started_at: now, expires_at: now + IDLE_MS };
  await insertRows(
    database,
    'sessions',
    groups.flat().map(({ id, userId }) => ({ id, user_id: userId, generation: 0, presented: 0, ...times, ...device })),
  );
  return groups;
}

async function newSession(userId: string, access: LatchkeyAccess, now: number): Promise<OpenSession> {
  const id = randomUUID();
  const iat = Math.floor(now / 1000);
  const times = { iat, exp: iat + ACCESS_SECONDS };
  const user = { admin: false, roles: [], email_verified: false, user_version: 0, rights_version: 0 };
  const authentication = { auth_time: iat, acr: 'aal1' as const, amr: ['pwd'] };
  const claims = { sub: userId, sid: id, jti: randomUUID(), client_id: 'first-party', ...user };
  const keys = await importSigningKeys(access.signingKeys);
  return {
    id,
    userId,
    accessToken: await signAccessToken({ ...claims, ...authentication, ...times }, access, keys),
    refreshToken: await signRefreshToken({ sessionId: id, generation: 0 }, access.secretKey),
  };
}

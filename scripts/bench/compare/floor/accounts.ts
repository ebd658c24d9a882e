import { base64url } from 'jose';
import { splitPbkdf2 } from '../../../../src/crypto/pbkdf2.ts';
import { makeUuidV7 } from '../../../../src/crypto/uuid-v7.ts';
import type { Floor, FloorEnv } from './env.ts';
import { keysOf } from './keys.ts';
import { argumentsOf, type Inputs } from './recorded.ts';
import type { FloorStatements } from './statements.ts';
import { issue, macOf } from './tokens.ts';

type Credentials = { email: string; password: string };

const NETWORK = '203.0.113.7/32';
const ADDRESS_PREFIX = '203.0.113.0/24';

/** Register and login. */
export function mountAccounts(app: Floor): void {
  app.post('/auth/register', async (c) => {
    const { email, password } = await c.req.json<Credentials>();
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const passwordHash = `${base64url.encode(salt)}.${base64url.encode(await derive(c.env, password, salt))}`;
    const at = Date.now();
    const userId = crypto.randomUUID();
    const session = { id: makeUuidV7(new Date(at)), userId, generation: 0 };
    const tokens = await issue(c.env, session, at);
    const { pair } = await attemptKeys(c.env, email);
    const device = deviceOf(c.req.header('User-Agent'));
    await c.env.DB.batch([
      bind(c.env, 'insertUser', { id: userId, email, passwordHash, at }),
      bind(c.env, 'insertEvent', { type: 'user_registered', ...eventOf(session, at), ...device }),
      bind(c.env, 'insertSession', { ...session, userVersion: 0, at, ...device }),
      bind(c.env, 'rememberNetwork', { userId, pair, at }),
    ]);
    return c.json(tokens, 201);
  });

  app.post('/auth/login', async (c) => {
    const { email, password } = await c.req.json<Credentials>();
    const keys = await attemptKeys(c.env, email);
    const [, found] = await c.env.DB.batch<{ id: string; password_hash: string }>([
      bind(c.env, 'countAttempt', { ...keys, at: Date.now() }),
      bind(c.env, 'findUser', { email }),
    ]);
    const { id: userId = '', password_hash: stored = '' } = found?.results[0] ?? {};
    const [salt = '', hash = ''] = stored.split('.');
    const derived = await derive(c.env, password, base64url.decode(salt));
    if (!crypto.subtle.timingSafeEqual(derived, base64url.decode(hash))) return c.json({ status: 'fail' }, 404);
    const at = Date.now();
    const session = { id: makeUuidV7(new Date(at)), userId, generation: 0 };
    const tokens = await issue(c.env, session, at);
    const device = deviceOf(c.req.header('User-Agent'));
    await c.env.DB.batch([
      bind(c.env, 'insertSession', { ...session, userVersion: 0, at, ...device }),
      bind(c.env, 'insertEvent', { type: 'login', ...eventOf(session, at), ...device }),
      bind(c.env, 'forgetAttempts', { pair: keys.pair }),
      bind(c.env, 'rememberNetwork', { userId, pair: keys.pair, at }),
    ]);
    return c.json(tokens);
  });
}

/** What an event says about a session. */
export const eventOf = ({ id, userId }: { id: string; userId: string }, at: number) => ({
  userId,
  sessionId: id,
  at,
  requestId: crypto.randomUUID(),
});

export const deviceOf = (userAgent = '') => ({ addressPrefix: ADDRESS_PREFIX, userAgent });

function derive(env: FloorEnv, password: string, salt: Uint8Array): Promise<Uint8Array> {
  return splitPbkdf2(new TextEncoder().encode(password), salt, env.ITERATIONS);
}

async function attemptKeys(env: FloorEnv, email: string) {
  const { attempts } = await keysOf(env);
  const [pair, account, network] = await Promise.all([
    macOf(attempts, `["pair","${email}","${NETWORK}"]`),
    macOf(attempts, `["account","${email}"]`),
    macOf(attempts, `["network","${NETWORK}"]`),
  ]);
  return { pair, account, network };
}

export function bind(env: FloorEnv, name: keyof FloorStatements, inputs: Inputs): D1PreparedStatement {
  const statement = env.STATEMENTS[name];
  return env.DB.prepare(statement.sql).bind(...argumentsOf(statement, inputs));
}

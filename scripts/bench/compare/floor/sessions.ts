import { bind, deviceOf, eventOf } from './accounts.ts';
import { hasSecret } from './client.ts';
import type { Floor, FloorEnv } from './env.ts';
import { argumentsOf, type Inputs } from './recorded.ts';
import type { FloorStatements } from './statements.ts';
import { issue, verifyBearer, verifyRefresh, verifyToken } from './tokens.ts';

/** Refresh, status, verify, sessions, introspect, logout. */
export function mountSessions(app: Floor): void {
  app.post('/auth/refresh', async (c) => {
    const { refresh_token } = await c.req.json<{ refresh_token: string }>();
    const presented = await verifyRefresh(c.env, refresh_token);
    const at = Date.now();
    const device = deviceOf(c.req.header('User-Agent'));
    const { sessionId: id, generation } = presented;
    const [rotated] = await c.env.DB.batch<Record<string, unknown>>([
      bind(c.env, 'rotateSession', { ...presented, at, ...device }),
      bind(c.env, 'insertRotation', { ...eventOf({ id, userId: '' }, at), ...device, generation }),
    ]);
    const row = Object.values(rotated?.results[0] ?? {});
    const session = { id: String(row[0]), userId: String(row[1]), generation: Number(row[2]) };
    return c.json(await issue(c.env, session, at));
  });

  app.get('/auth/status', async (c) => {
    const { sid } = await verifyBearer(c.env, c.req.header('Authorization'));
    const [row] = await findSession(c.env, sid);
    return c.json({ status: 'success', data: row });
  });

  app.get('/auth/verify', async (c) => {
    const { sid, sub } = await verifyBearer(c.env, c.req.header('Authorization'));
    await readDenylist(c.env, sid, sub);
    return c.body(null, 204, { 'X-User-Id': sub, 'X-Session-Id': sid });
  });

  app.get('/auth/sessions', async (c) => {
    const { sid, sub } = await verifyBearer(c.env, c.req.header('Authorization'));
    await findSession(c.env, sid, sub);
    return c.json({ status: 'success', data: await rows(c.env, 'listSessions', { userId: sub, at: Date.now() }) });
  });

  app.post('/oauth/introspect', async (c) => {
    const isClient = await hasSecret(c.req.header('Authorization') ?? '');
    const token = new URLSearchParams(await c.req.text()).get('token') ?? '';
    const { sid, sub } = await verifyToken(c.env, token);
    await findSession(c.env, sid, sub);
    return c.json({ active: isClient, sid, sub });
  });

  app.post('/auth/logout', async (c) => {
    const { sid, sub } = await verifyBearer(c.env, c.req.header('Authorization'));
    const at = Date.now();
    await Promise.all([
      c.env.DB.batch([
        bind(c.env, 'insertLogout', {
          ...eventOf({ id: sid, userId: sub }, at),
          ...deviceOf(c.req.header('User-Agent')),
        }),
        bind(c.env, 'revokeSession', { id: sid, userId: sub, at }),
      ]),
      c.env.DENYLIST.put(`sid:${sid}`, '', { expirationTtl: 960 }),
    ]);
    return c.json({ status: 'success', message: 'Successfully logged out.' });
  });
}

async function findSession(env: FloorEnv, sid: string, sub = ''): Promise<unknown[][]> {
  const [found] = await Promise.all([
    rows(env, 'findSession', { id: sid, at: Date.now() }),
    readDenylist(env, sid, sub),
  ]);
  return found;
}

function rows(env: FloorEnv, name: keyof FloorStatements, inputs: Inputs): Promise<unknown[][]> {
  const statement = env.STATEMENTS[name];
  return env.DB.prepare(statement.sql)
    .bind(...argumentsOf(statement, inputs))
    .raw();
}

function readDenylist(env: FloorEnv, sid: string, sub: string) {
  return env.DENYLIST.get([`sid:${sid}`, `sub:${sub}`, `old:${sub}`]);
}

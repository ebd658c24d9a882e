import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';

type AppEnv = { Bindings: { LATCHKEY: Pick<Fetcher, 'fetch'> } };

/** `__Host-` makes the browser refuse the cookie from a subdomain or without TLS. */
const COOKIE = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const;

const app = new Hono<AppEnv>();

/** Refuses what a page of another origin sends. `SameSite` alone lets in pages of other hosts of the same site. */
app.use(
  createMiddleware<AppEnv>(async function requireOwnOrigin(c, next) {
    const isSafe = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!isSafe && c.req.header('Origin') !== new URL(c.req.url).origin) return c.text('Forbidden', 403);
    return next();
  }),
);

/** Log in. */
app.post('/session', async (c) => {
  const response = await callLatchkey(c, 'POST', '/auth/login', { body: await c.req.text() });
  return response.status === 200 ? keepTokens(c, response) : response;
});

/** Refresh. Any response but 200 and 401 leaves the cookies alone: the page tries again later. */
app.post('/session/refresh', async (c) => {
  const body = JSON.stringify({ refresh_token: getCookie(c, 'refresh', 'host') ?? '' });
  const response = await callLatchkey(c, 'POST', '/auth/refresh', { body });
  if (response.status === 200) return keepTokens(c, response);
  return response.status === 401 ? forgetTokens(c, 401) : response;
});

/** Log out. The cookies stay until Latchkey has recorded the logout, so that the page can repeat it. */
app.delete('/session', async (c) => {
  const body = JSON.stringify({ refresh_token: getCookie(c, 'refresh', 'host') ?? '' });
  const response = await callLatchkey(c, 'POST', '/auth/logout', { body });
  return response.status === 200 ? forgetTokens(c, 204) : response;
});

/** A route of your app. It responds 401 when the access token has expired or was revoked. */
app.get('/api/me', (c) => {
  const token = getCookie(c, 'access', 'host') ?? '';
  return callLatchkey(c, 'GET', '/auth/status', { headers: { Authorization: `Bearer ${token}` } });
});

/** Calls Latchkey as the browser would: it counts logins by address, and compares devices when a refresh comes late. */
async function callLatchkey(
  c: Context<AppEnv>,
  method: string,
  path: string,
  { headers = {}, body = null }: { headers?: Record<string, string>; body?: string | null },
): Promise<Response> {
  const sent = new Headers({ 'Content-Type': 'application/json', ...headers });
  for (const name of ['CF-Connecting-IP', 'User-Agent']) sent.set(name, c.req.header(name) ?? '');
  const { cf } = c.req.raw;
  const response = await c.env.LATCHKEY.fetch(`https://latchkey${path}`, {
    method,
    headers: sent,
    body,
    ...(cf && { cf }),
  });
  return new Response(response.body, response);
}

type Tokens = { auth_token: string; expires_in: number; refresh_token: string; refresh_expires_in: number };

async function keepTokens(c: Context<AppEnv>, response: Response) {
  const tokens = await response.json<Tokens>();
  setCookie(c, 'access', tokens.auth_token, { ...COOKIE, maxAge: tokens.expires_in });
  setCookie(c, 'refresh', tokens.refresh_token, { ...COOKIE, maxAge: tokens.refresh_expires_in });
  return c.body(null, 204);
}

function forgetTokens(c: Context<AppEnv>, status: 204 | 401) {
  for (const name of ['access', 'refresh']) deleteCookie(c, name, COOKIE);
  return c.body(null, status);
}

export default app;

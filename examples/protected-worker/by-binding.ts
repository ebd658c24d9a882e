import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Verifier } from '../../src/index.ts';

type AppEnv = { Bindings: { LATCHKEY: Service<typeof Verifier> }; Variables: { userId: string } };

/** The codes that are about the token. Every other code is about Latchkey: then nobody can be let in. */
const REFUSED: ReadonlySet<string> = new Set(['expired_token', 'invalid_token', 'revoked_token']);

const app = new Hono<AppEnv>();

const requireUser = createMiddleware<AppEnv>(async function requireUser(c, next) {
  const [, token] = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  if (token === undefined) return c.text('Unauthorized', 401, { 'WWW-Authenticate': 'Bearer' });
  // The call rejects when Latchkey is out of reach.
  const verdict = await c.env.LATCHKEY.verify(token).catch(() => undefined);
  if (verdict?.active === true) {
    c.set('userId', verdict.claims.sub);
    return next();
  }
  const isRefused = verdict !== undefined && REFUSED.has(verdict.code);
  if (isRefused) return c.text('Unauthorized', 401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
  return c.text('Service Unavailable', 503, { 'Retry-After': '5' });
});

app.get('/private/me', requireUser, (c) => c.json({ user_id: c.var.userId }));

export default app;

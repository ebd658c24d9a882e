import { type Context, Hono } from 'hono';
import { env } from 'hono/adapter';
import { createMiddleware } from 'hono/factory';
import { jwk } from 'hono/jwk';
import { findKeys } from './public-keys.ts';

type AppEnv = { Variables: { jwtPayload: { sub: string } } };

const app = new Hono<AppEnv>();

const requireUser = createMiddleware<AppEnv>(async function requireUser(c, next) {
  const { iss, aud, url } = settingsOf(c);
  const keys = await findKeys(url);
  if (keys === undefined) return c.text('Service Unavailable', 503, { 'Retry-After': '5' });
  // `iat` is not checked: to a clock that is slightly slow, a fresh token comes from the future.
  return jwk({ keys, alg: ['ES256'], verification: { iss, aud, typ: 'at+jwt', iat: false } })(c, next);
});

app.get('/private/me', requireUser, (c) => c.json({ user_id: c.var.jwtPayload.sub }));

/** The variables of the Worker, or of Node's environment. Throws when one is missing: Hono responds 500 and logs it. */
function settingsOf(c: Context) {
  const { ISSUER: iss, AUDIENCE: aud, JWKS_URL: url } = env<Partial<Record<string, string>>>(c);
  // Without an issuer or an audience, hono/jwk would check none.
  if (!iss || !aud || !url) throw new Error('ISSUER, AUDIENCE and JWKS_URL must be set.');
  return { iss, aud, url };
}

export default app;

import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { jwk } from 'hono/jwk';
import { findKeys } from './public-keys.ts';

type AppEnv = {
  Bindings: { ISSUER: string; AUDIENCE: string; JWKS_URL: string };
  Variables: { jwtPayload: { sub: string } };
};

const app = new Hono<AppEnv>();

const requireUser = createMiddleware<AppEnv>(async function requireUser(c, next) {
  const keys = await findKeys(c.env.JWKS_URL);
  if (keys === undefined) return c.text('Service Unavailable', 503, { 'Retry-After': '5' });
  // `iat` is left alone: by a clock that is a moment behind the service's, a fresh token is from the future.
  const verification = { iss: c.env.ISSUER, aud: c.env.AUDIENCE, typ: 'at+jwt', iat: false };
  return jwk({ keys, alg: ['ES256'], verification })(c, next);
});

app.get('/private/me', requireUser, (c) => c.json({ user_id: c.var.jwtPayload.sub }));

export default app;

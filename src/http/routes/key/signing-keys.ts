import { z } from '@hono/zod-openapi';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { getPublicKeys } from '../../../domain/key/signing-keys.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { everyResponseHas } from '../../middleware/response-headers.ts';
import { json } from '../../response/json.ts';

const PATH = '/.well-known/jwks.json';

/** The headers of a 304 beside those that RFC 9110, section 15.4.5, asks for. */
const OURS = ['x-request-id', 'access-control-allow-origin', 'access-control-expose-headers'];

const key = z.object({ kty: z.string(), kid: z.string(), alg: z.string() }).loose().openapi('PublicKey');
const response = z.object({ keys: z.array(key) }).openapi('PublicKeys');

const route = openRoute({
  method: 'get',
  path: PATH,
  summary: 'The public keys that access tokens are verified with',
  responses: {
    200: json(response, 'A JWK set (RFC 7517, section 5).'),
    304: { description: 'The keys still have the ETag that the caller sent.' },
  },
});

export function mountSigningKeys(app: App) {
  app.get(PATH, etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...everyResponseHas, ...OURS] }));
  app.openapi(route, async (c) => {
    const { jwks, maxAgeSeconds } = await getPublicKeys(c.var.deps);
    c.header('Cache-Control', `public, max-age=${maxAgeSeconds}`);
    return c.json(jwks, 200);
  });
}

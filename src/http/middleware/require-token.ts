import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { parseScope } from '../../domain/oauth/requested-scope.ts';
import { type Place, verify } from '../../domain/session/verify.ts';
import { Refusal } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';

type Bearer = Awaited<ReturnType<typeof verify>>;

/**
 * Lets in the bearer of an access token or API key that is accepted at the place that the query describes, and sets
 * `c.var.bearer`. Refuses with `missing_token`, with `malformed_token`, with `invalid_request`, and as `verify` does.
 */
export function requireToken() {
  return createMiddleware<AppEnv & { Variables: { bearer: Bearer } }>(async function requireToken(c, next) {
    c.set('bearer', await verify(c.get('deps'), readBearer(c), placeOf(c)));
    await next();
  });
}

/** The place in `?scope=` and `?audience=`. A `scope` may come several times, and each must name one. */
function placeOf(c: Context): Place {
  const scopes = (c.req.queries('scope') ?? []).map(
    (text) => parseScope(text) ?? refuse('scope', 'Must name a scope.'),
  );
  const [audience, ...others] = c.req.queries('audience') ?? [];
  if (others.length > 0) return refuse('audience', 'Must come once.');
  return { scopes: scopes.flat(), audience };
}

function refuse(path: string, message: string): never {
  throw new Refusal('invalid_request', { errors: [{ path, message }] });
}

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

/** The place in `?scope=` and `?audience=`. A `scope` that names none is a mistake, and not a place for people only. */
function placeOf(c: Context): Place {
  const scope = onlyOne(c, 'scope');
  const scopes = scope === undefined ? [] : (parseScope(scope) ?? refuse('scope', 'Must name a scope.'));
  return { scopes, audience: onlyOne(c, 'audience') };
}

function onlyOne(c: Context, name: string): string | undefined {
  const [value, ...others] = c.req.queries(name) ?? [];
  return others.length === 0 ? value : refuse(name, 'Must come once.');
}

function refuse(path: string, message: string): never {
  throw new Refusal('invalid_request', { errors: [{ path, message }] });
}

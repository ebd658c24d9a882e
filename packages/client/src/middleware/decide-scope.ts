import { hasScopes } from '../verify/scopes.ts';
import { isRecord } from '../verify/shapes.ts';
import { LACKS_SCOPE, refuse, type Refusal } from './decide.ts';

/**
 * The response to a `bearer` who does not have all of `scopes` (RFC 6750, section 3.1); `undefined` lets the bearer on.
 * Throws `TypeError` when no middleware of ours has let the bearer in, which is a bug of the app.
 */
export function decideScope(bearer: unknown, scopes: readonly string[]): Refusal | undefined {
  const { kind, scope } = isRecord(bearer) ? bearer : {};
  if (kind !== 'user' && kind !== 'machine') {
    throw new TypeError('requireScope needs requireUser or requireCaller in front of it.');
  }
  return hasScopes(scope, scopes) ? undefined : refuse(LACKS_SCOPE, scopes);
}

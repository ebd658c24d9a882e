import { errors } from 'jose';
import { isOperatorToken, verifyOperatorToken } from '../../crypto/operator-token.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/tables/events.ts';
import type { Deps } from '../deps.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import { getSigningKeys } from '../key/signing-keys.ts';
import { authenticate, type AuthenticationDeps } from '../session/authenticate.ts';
import { MAX_TOKEN_LENGTH } from '../session/read-token.ts';
import { requireRecent } from '../session/recent.ts';

/** Who administers users: an operator, who holds the signing keys, or a user who is an administrator. */
export type Admin = { isOperator: true } | { isOperator: false; userId: string };

/** As events name it. */
export const actorOf = (admin: Admin): Actor => (admin.isOperator ? 'operator' : `admin:${admin.userId}`);

/**
 * The administrator whom `token` stands for: an operator token, which is used up, or the access token of a user who is an
 * administrator in the database now. One round trip. Refuses as `authenticate` does, an operator token that was used
 * before with `invalid_token`, and anybody else with `admin_required`.
 *
 * Refuses an administrator as `requireRecent` does, and without a second factor when `SECOND_FACTOR` wants one. An operator
 * token is fresh by itself, because it is good for one request.
 */
export async function authenticateAdmin(
  deps: AuthenticationDeps & Pick<Deps, 'usedTokens'>,
  token: string,
): Promise<Admin> {
  if (isOperatorToken(token)) return authenticateOperator(deps, token);
  const { user, claims, hasFactor } = await authenticate(deps, token);
  if (!user.admin) throw new Refusal('admin_required', { reason: 'the user is no administrator' });
  requireRecent({ claims, hasFactor: hasFactor || needsSecondFactor(deps.config, user) }, deps.now());
  return { isOperator: false, userId: user.id };
}

async function authenticateOperator(
  { config, now, usedTokens }: Pick<Deps, 'config' | 'now' | 'usedTokens'>,
  token: string,
): Promise<Admin> {
  if (token.length > MAX_TOKEN_LENGTH) throw new Refusal('invalid_token', { reason: 'longer than any of ours' });
  const keys = await getSigningKeys(config);
  const { jti, exp } = await verifyOperatorToken(token, config.issuer, keys, now()).catch((error: unknown) => {
    if (error instanceof errors.JWTExpired) throw new Refusal('expired_token');
    if (error instanceof errors.JOSEError)
      throw new Refusal('invalid_token', { reason: `operator token: ${error.code}` });
    throw error;
  });
  const isNew = await usedTokens.use(jti, new Date(exp * 1000));
  if (!isNew) throw new Refusal('invalid_token', { reason: 'an operator token that was used before' });
  return { isOperator: true };
}

import type { AccessTokenClaims } from '../../crypto/access-token.ts';
import { Refusal } from '../../errors.ts';
import type { Session } from '../../store/sessions.ts';
import type { Deps } from '../deps.ts';
import { readClaims, sessionOf } from './verify.ts';

/** Who presents an access token, and which one. */
export type Caller = {
  claims: AccessTokenClaims;
  user: { id: string; email: string; admin: boolean; version: number; registeredAt: Date };
};

/** What it takes to tell who a caller is. */
export type Powers = Pick<Deps, 'config' | 'now' | 'note' | 'sessions' | 'denylist'>;

/** A caller, and what database and denylist say of the session. `isListed` is unknown when KV is out of reach. */
export type Identity = { caller: Caller; session: Session; isListed: boolean | undefined };

/**
 * The caller whom `accessToken` stands for, as the database knows it now. One round trip to the database and one KV read,
 * at once; when KV is out of reach the database decides alone. Refuses with `expired_token`, `invalid_token` (also: the
 * user is gone or disabled) and `revoked_token`.
 */
export async function authenticate(deps: Powers, accessToken: string): Promise<Caller> {
  const { caller, session, isListed } = await identify(deps, accessToken);
  if (session.revokedAt !== null || isListed) throw new Refusal('revoked_token');
  return caller;
}

/** As `authenticate`, but that it leaves to its caller what to do about a session that has been revoked. */
export async function identify(deps: Powers, accessToken: string): Promise<Identity> {
  const claims = await readClaims(accessToken, deps.config, { now: deps.now() });
  const [row, isListed] = await Promise.all([deps.sessions.findWithUser(claims.sid), findListing(deps, claims)]);
  if (row === undefined || row.user.id !== claims.sub)
    throw new Refusal('invalid_token', { reason: 'no such session' });
  if (row.user.disabledAt !== null) throw new Refusal('invalid_token', { reason: 'disabled account' });
  return { caller: { claims, user: row.user }, session: row.session, isListed };
}

async function findListing({ denylist, note }: Powers, claims: AccessTokenClaims): Promise<boolean | undefined> {
  try {
    return await denylist.has(sessionOf(claims));
  } catch {
    note('denylist out of reach: the database decided alone');
    return undefined;
  }
}

import type { AccessTokenClaims } from '../../crypto/access-token-claims.ts';
import { Refusal } from '../../errors.ts';
import type { SessionState } from '../../store/statements/session/session-state.ts';
import type { User } from '../../store/tables/users.ts';
import type { Deps } from '../deps.ts';
import { readClaims } from './read-token.ts';
import { refuseStale, sessionOf } from './standing.ts';

/** Who presents an access token that is accepted. `hasFactor` tells whether the account has a second factor now. */
export type Caller = {
  claims: AccessTokenClaims;
  user: Omit<User, 'passwordHash'>;
  hasFactor: boolean;
};

/**
 * Who presents an access token to end sessions: a caller, or somebody whose session is revoked already. The first may
 * be denylisted all the same, when only KV has recorded a revocation. `isDenylisted` is `false` when KV is out of
 * reach.
 */
export type Revoker = { isDenylisted: boolean } & (
  { isRevoked: false; caller: Caller } | { isRevoked: true; formerCaller: Caller }
);

/** What authentication against database and denylist needs. */
export type AuthenticationDeps = Pick<Deps, 'config' | 'now' | 'note' | 'sessions' | 'denylist'>;

/**
 * The caller whom `accessToken` stands for, as the database knows it now. One round trip to the database and one KV
 * read, at once; when KV is out of reach, the database decides alone. Refuses with `expired_token` (also when the user
 * has other rights by now), `invalid_token` (also when the user is gone or disabled) and `revoked_token`.
 */
export async function authenticate(deps: AuthenticationDeps, accessToken: string): Promise<Caller> {
  const at = deps.now();
  return findCaller(deps, await readClaims(accessToken, deps.config, { now: at }), at);
}

/** As `authenticate`, for `claims` that have been verified. */
export async function findCaller(deps: AuthenticationDeps, claims: AccessTokenClaims, at: Date): Promise<Caller> {
  const revoker = await findRevoker(deps, claims, at);
  if (revoker.isRevoked || revoker.isDenylisted) throw new Refusal('revoked_token');
  return revoker.caller;
}

/**
 * As `authenticate`, but lets in a caller whose session is revoked or denylisted: asking again must be able to complete
 * a revocation that was recorded in one place only. The use case refuses what it has to.
 */
export async function authenticateToRevoke(deps: AuthenticationDeps, accessToken: string): Promise<Revoker> {
  const at = deps.now();
  return findRevoker(deps, await readClaims(accessToken, deps.config, { now: at }), at);
}

/** As `authenticateToRevoke`, for `claims` that have been verified. */
export async function findRevoker(deps: AuthenticationDeps, claims: AccessTokenClaims, at: Date): Promise<Revoker> {
  const [row, isDenylisted] = await Promise.all([
    deps.sessions.findWithUser(claims.sid, { at, absoluteTtlSeconds: deps.config.refreshAbsoluteTtlSeconds }),
    askDenylist(deps, claims),
  ]);
  if (row === undefined || row.user.id !== claims.sub) throw refusalOf(undefined);
  if (row.state === 'disabled') throw refusalOf('disabled');
  // It ends before its access token only if the absolute life was shortened since.
  if (row.state === 'ended') throw refusalOf(isDenylisted ? 'revoked' : 'ended');
  const isRevoked = row.state === 'revoked';
  if (!isRevoked && !isDenylisted && claims.rights_version < row.user.rightsVersion) throw refuseStale();
  const caller = { claims, user: row.user, hasFactor: row.hasFactor };
  return isRevoked
    ? { isRevoked: true, formerCaller: caller, isDenylisted }
    : { isRevoked: false, caller, isDenylisted };
}

/** The refusal of an access token whose session is in `state`, and not live. Without a state, there is no session. */
export function refusalOf(state: Exclude<SessionState, 'live'> | undefined): Refusal {
  if (state === undefined) return new Refusal('invalid_token', { reason: 'no such session' });
  if (state === 'disabled') return new Refusal('invalid_token', { reason: 'disabled account' });
  if (state === 'ended') return new Refusal('expired_token', { reason: 'session at its end' });
  return new Refusal('revoked_token');
}

async function askDenylist(
  { denylist, note }: Pick<Deps, 'denylist' | 'note'>,
  claims: AccessTokenClaims,
): Promise<boolean> {
  try {
    return await denylist.isDenylisted(sessionOf(claims));
  } catch {
    note('denylist out of reach: the database decided alone');
    return false;
  }
}

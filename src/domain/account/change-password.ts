import { hashPassword } from '../../crypto/password-hash.ts';
import { toNfkc } from '../../crypto/unicode.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import type { PasswordCheckDeps } from '../login/check-password.ts';
import type { LoginOrigin } from '../login/login-origin.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { denylistUser } from '../denylist.ts';
import { getAcceptedCaller, type RevocationDeps } from '../revocation.ts';
import type { AuthenticationDeps, Revoker } from '../session/authenticate.ts';
import { requireRecentFactor } from '../session/recent.ts';
import { BY_PASSWORD, issueTokens, newSession, type TokenSet } from '../session/session.ts';
import { acceptNewPassword } from './new-password.ts';
import { checkOwnPassword, refuseOvertaken } from './own-password.ts';
import { hashingParameters } from './password.ts';

/** What a change of the password needs. */
type PasswordChangeDeps = AuthenticationDeps &
  RevocationDeps &
  PasswordCheckDeps &
  DeliveryDeps &
  Pick<Deps, 'users' | 'breachedPasswords' | 'afterResponse'>;

/**
 * Changes the password of the revoker from `current` to `next`, and ends all sessions. The caller goes on in a new
 * session, whose tokens it returns. Two round trips and an entry in KV. Of two simultaneous changes, one has no effect.
 *
 * Refuses as `requireRecentFactor` does, also without a second factor when `SECOND_FACTOR` wants one; a bad new password
 * with `invalid_request` or `breach_check_unavailable`; and then as `checkOwnPassword` and `refuseOvertaken` do. Rejects
 * with `StorageFailure` unless the database and KV have recorded the change; when only KV has not, asking again with the
 * former access token completes that and refuses with `revoked_token`.
 */
export async function changePassword(
  deps: PasswordChangeDeps,
  revoker: Revoker,
  { current, next }: { current: string; next: string },
  { device, network }: LoginOrigin,
): Promise<TokenSet> {
  const { config } = deps;
  const caller = await getAcceptedCaller(deps, revoker);
  const { user, claims } = caller;
  // The change begins a session, and who needs a second factor gets none without it.
  const hasFactor = caller.hasFactor || needsSecondFactor(config, user);
  requireRecentFactor({ claims, hasFactor }, deps.now());
  if (toNfkc(next) === toNfkc(current)) {
    const message = 'Must differ from the current password.';
    throw new Refusal('invalid_request', { errors: [{ path: 'new_password', message }] });
  }
  await acceptNewPassword(deps, { password: next, email: user.email }, 'new_password');
  const right = await checkOwnPassword(deps, caller, current, network);

  const hash = await hashPassword(next, hashingParameters(config));
  const at = deps.now();
  // The password alone does not renew what the second factor has shown.
  const shown = hasFactor
    ? { amr: claims.amr, authenticatedAt: new Date(claims.auth_time * 1000) }
    : { amr: BY_PASSWORD };
  const session = newSession(user, { device, ...shown }, at, config);
  const changed = { ...user, version: user.version + 1 };
  const tokens = await issueTokens(session, changed, at, config);
  const notice = newNotice(deps, 'password_changed', at);
  const subject = { userId: user.id, sessionId: caller.claims.sid };
  const event = newEvent(deps, 'password_changed', { ...subject, data: { new_session_id: session.id } });
  const isChanged = await deps.users.changePassword({ session, hash, notice, event, ...right });
  if (!isChanged) return refuseOvertaken(deps, caller);
  sendAfterResponse(deps, notice);
  await denylistUser(deps, changed);
  return tokens;
}

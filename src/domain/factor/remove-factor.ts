import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { denylistUser } from '../denylist.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { getAcceptedCaller, type RevocationDeps } from '../revocation.ts';
import type { Revoker } from '../session/authenticate.ts';
import { requireRecent } from '../session/recent.ts';
import { type Device, issueTokens, newSession, type TokenSet } from '../session/session.ts';
import { needsSecondFactor } from './policy.ts';

/** A factor of the caller: the authenticator app, or a passkey. */
export type OwnFactor = { kind: 'totp' } | { kind: 'passkey'; id: string };

/**
 * Removes a factor of the caller, and the recovery codes with the last one. All sessions end: somebody else may have begun
 * one with it. The caller goes on in a new one. One round trip and an entry in KV.
 *
 * Refuses as `requireRecent` does; with `unknown_factor` and `unknown_passkey`; with `last_factor` where the user needs a
 * second factor; and with `change_conflict` when the account has changed meanwhile. Rejects with `StorageFailure` unless
 * the database and KV have recorded the end of the sessions; asking again with the former access token completes that, and
 * refuses with `revoked_token`.
 */
export async function removeFactor(
  deps: DeliveryDeps & RevocationDeps & Pick<Deps, 'factors' | 'afterResponse'>,
  revoker: Revoker,
  factor: OwnFactor,
  device: Device,
): Promise<TokenSet> {
  const { config } = deps;
  const caller = await getAcceptedCaller(deps, revoker);
  const at = deps.now();
  requireRecent(caller, at);
  const { user, claims } = caller;
  const id = factor.kind === 'passkey' ? factor.id : '';
  const mayBeLast = !needsSecondFactor(config, user);
  const next = { ...user, version: user.version + 1 };
  const authenticatedAt = new Date(claims.auth_time * 1000);
  const session = newSession(user, { device, amr: claims.amr, authenticatedAt }, at, config);
  const tokens = await issueTokens(session, next, at, config);
  const notice = newNotice(deps, 'factor_removed', at);
  const data = factor.kind === 'passkey' ? { factor: factor.kind, passkey_id: id } : { factor: factor.kind };
  const event = newEvent(deps, 'factor_removed', {
    userId: user.id,
    sessionId: claims.sid,
    data: { ...data, new_session_id: session.id },
  });
  const removal = { userId: user.id, userVersion: user.version, id, mayBeLast: Number(mayBeLast) };
  if (!(await deps.factors.remove(factor.kind, removal, { session, event, notice })))
    return refuse(deps, user.id, factor, mayBeLast);
  sendAfterResponse(deps, notice);
  await denylistUser(deps, next);
  return tokens;
}

async function refuse(
  { factors }: Pick<Deps, 'factors'>,
  userId: string,
  factor: OwnFactor,
  mayBeLast: boolean,
): Promise<never> {
  const { totp, passkeys } = await factors.list(userId);
  const isThere = factor.kind === 'totp' ? totp !== undefined : passkeys.some(({ id }) => id === factor.id);
  if (!isThere) throw new Refusal(factor.kind === 'totp' ? 'unknown_factor' : 'unknown_passkey');
  if (!mayBeLast && passkeys.length + Number(totp !== undefined) === 1) throw new Refusal('last_factor');
  throw new Refusal('change_conflict');
}

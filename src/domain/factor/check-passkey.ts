import { base64url } from 'jose';
import { type AuthenticationResponse, verifyAssertion } from '../../crypto/webauthn/verify-assertion.ts';
import { WebAuthnError } from '../../crypto/webauthn/webauthn-error.ts';
import { Refusal } from '../../errors.ts';
import type { FactorUse } from '../../store/logins.ts';
import type { Passkey } from '../../store/tables/passkeys.ts';
import type { Deps } from '../deps.ts';
import { addAfterResponse, type LateEventDeps } from '../event/late-event.ts';
import { newEvent } from '../event/new-event.ts';
import { webAuthnChallenge } from './login-challenge.ts';

/** A passkey as it was found, and its user. */
type Found = { userId: string; passkey: Pick<Passkey, 'id' | 'publicKey' | 'counter'> | null };

/**
 * Checks that `response` uses the passkey that was found, for the challenge `token`, on a page of ours, and that its user
 * was verified (WebAuthn level 3, section 7.2). Refuses everything else with `wrong_factor`: a counter that did not grow
 * too, with an event, because somebody may have a copy.
 */
export async function checkPasskey(
  deps: LateEventDeps & Pick<Deps, 'config' | 'now' | 'trace'>,
  { userId, passkey }: Found,
  response: AuthenticationResponse,
  token: string,
): Promise<FactorUse> {
  const { config } = deps;
  if (passkey === null) throw new Refusal('wrong_factor', { reason: 'no such passkey' });
  const { userHandle } = response.response;
  if (userHandle !== undefined && userHandle !== userHandleOf(userId))
    throw new Refusal('wrong_factor', { reason: 'the passkey is of another user' });
  const expected = { challenge: webAuthnChallenge(token), origins: config.passkeyOrigins, rpId: config.rpId };
  const { counter, backedUp, isCloned } = await verifyAssertion(response, passkey, expected).catch((error: unknown) => {
    if (!(error instanceof WebAuthnError)) throw error;
    throw new Refusal('wrong_factor', { reason: `passkey: ${error.message}`, cause: error });
  });
  if (isCloned) {
    addAfterResponse(deps, newEvent(deps, 'passkey_cloned', { userId, data: { passkey_id: passkey.id } }));
    throw new Refusal('wrong_factor', { reason: 'passkey: the counter did not grow' });
  }
  return { kind: 'passkey', id: passkey.id, counter, backedUp };
}

/** The user handle by which a passkey knows its user: the bytes of the id, which says nothing, in base64url. */
export const userHandleOf = (userId: string): string => base64url.encode(userId);

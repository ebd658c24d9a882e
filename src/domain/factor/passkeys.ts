import { WebAuthnError } from '../../crypto/webauthn/webauthn-error.ts';
import { challengeIn } from '../../crypto/webauthn/client-data.ts';
import { type RegistrationResponse, verifyRegistration } from '../../crypto/webauthn/verify-registration.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import type { LoginOrigin } from '../login/login-origin.ts';
import type { Caller } from '../session/authenticate.ts';
import { CHALLENGE_SECONDS, newChallengeToken, readChallengeOfUser, refuseChallengeToken } from './challenge.ts';
import { userHandleOf } from './check-passkey.ts';
import { enrol, type Enrolled, type EnrolmentDeps } from './enrol.ts';
import type { Enroller } from './enroller.ts';
import { tokenOf, webAuthnChallenge } from './login-challenge.ts';

/** What a browser sends that has made a passkey. */
export type NewPasskey = { name: string; transports: string[]; response: RegistrationResponse };

/** What public keys of passkeys may be for: ES256, EdDSA (Ed25519) and RS256, in the order of preference (RFC 9053). */
const ALGORITHMS = [-7, -8, -257];

/**
 * What a browser needs to make a passkey for the enroller: `PublicKeyCredentialCreationOptionsJSON` (WebAuthn level 3,
 * section 5.1.8). One round trip, which finds the passkeys that there are: a device makes no second one.
 */
export async function passkeyCreation(
  deps: Pick<Deps, 'config' | 'now' | 'factors'>,
  { user }: Enroller,
  network: string,
) {
  const { rpId, appName } = deps.config;
  const subject = { userId: user.id, version: user.version };
  const token = await newChallengeToken(deps, 'add_passkey', network, subject);
  const { passkeys } = await deps.factors.list(user.id);
  return {
    challenge: webAuthnChallenge(token),
    rp: { id: rpId, name: appName },
    user: { id: userHandleOf(user.id), name: user.email, displayName: user.email },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: CHALLENGE_SECONDS * 1000,
    excludeCredentials: passkeys.map(({ id }) => ({ type: 'public-key' as const, id })),
    authenticatorSelection: {
      residentKey: 'required' as const,
      requireResidentKey: true,
      userVerification: 'required' as const,
    },
    attestation: 'none' as const,
  };
}

/**
 * Stores the passkey that a browser has made for the enroller. One round trip. Refuses with `invalid_challenge_token`, with
 * `invalid_passkey`, and as `enrol` does.
 */
export async function addPasskey(
  deps: EnrolmentDeps,
  enroller: Enroller,
  { name, transports, response }: NewPasskey,
  origin: LoginOrigin,
): Promise<Enrolled & { id: string }> {
  const { user } = enroller;
  const token = tokenOf(challengeIn(response.response.clientDataJSON));
  if (token === undefined) return refuseChallengeToken('no challenge of ours');
  const { userId, version } = await readChallengeOfUser(deps, 'add_passkey', origin.network, token);
  if (userId !== user.id || version !== user.version) return refuseChallengeToken('the account is another by now');
  const { id, publicKey, counter, backedUp } = await verify(deps.config, response, token);
  const passkey = {
    id,
    name,
    publicKey,
    counter,
    backedUp: Number(backedUp),
    transports: JSON.stringify(transports),
  };
  return { ...(await enrol(deps, enroller, { kind: 'passkey', passkey }, origin)), id };
}

async function verify({ passkeyOrigins, rpId }: Deps['config'], response: RegistrationResponse, token: string) {
  const expected = { challenge: webAuthnChallenge(token), origins: passkeyOrigins, rpId };
  return verifyRegistration(response, expected).catch((error: unknown) => {
    if (!(error instanceof WebAuthnError)) throw error;
    throw new Refusal('invalid_passkey', { reason: error.message, cause: error });
  });
}

/** Gives a passkey of the caller another name. One round trip. Refuses with `unknown_passkey`. */
export async function renamePasskey(
  deps: Pick<Deps, 'now' | 'trace' | 'factors'>,
  { user, claims }: Caller,
  passkey: { id: string; name: string },
): Promise<void> {
  const subject = { userId: user.id, sessionId: claims.sid, data: { passkey_id: passkey.id } };
  const event = newEvent(deps, 'passkey_renamed', subject);
  if (!(await deps.factors.rename(user.id, passkey, event))) throw new Refusal('unknown_passkey');
}

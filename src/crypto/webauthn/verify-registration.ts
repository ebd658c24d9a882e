import { base64url } from 'jose';
import { authenticatorDataIn } from './attestation.ts';
import { readAuthenticatorData } from './authenticator-data.ts';
import { checkClientData, type Expected } from './client-data.ts';
import { readCoseKey } from './cose-key.ts';
import { importPublicKey } from './signature.ts';
import { refuse } from './webauthn-error.ts';

/** What a browser says of a new passkey: the part of `RegistrationResponseJSON` that counts, in base64url. */
export type RegistrationResponse = {
  id: string;
  rawId: string;
  type: 'public-key';
  response: { clientDataJSON: string; attestationObject: string };
};

/**
 * A new passkey: its credential id in base64url, its public key as the JSON of a JWK, the counter of its signatures, and
 * whether it is backed up, as passkeys that are synced are.
 */
export type RegisteredPasskey = { id: string; publicKey: string; counter: number; backedUp: boolean };

/**
 * The passkey that `response` registers (WebAuthn level 3, section 7.1). Takes ES256, EdDSA with Ed25519 and RS256. Does not
 * check whether the challenge was used before, or the id is taken. Throws `WebAuthnError`, for anything that is wrong.
 */
export async function verifyRegistration(
  { id, rawId, type, response }: RegistrationResponse,
  expected: Expected,
): Promise<RegisteredPasskey> {
  if (type !== 'public-key') refuse('the type is wrong');
  checkClientData(response.clientDataJSON, 'webauthn.create', expected);
  const data = authenticatorDataIn(response.attestationObject);
  const { credential, counter, backedUp } = await readAuthenticatorData(data, expected.rpId);
  if (credential === undefined) return refuse('there is no credential');
  const made = base64url.encode(credential.id);
  if (id !== made || rawId !== made) refuse('the credential id is another one');
  const publicKey = JSON.stringify(readCoseKey(credential.publicKey));
  await importPublicKey(publicKey);
  return { id: made, publicKey, counter, backedUp };
}

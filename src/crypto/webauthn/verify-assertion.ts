import { decodeBase64url } from '../strict-base64url.ts';
import { readAuthenticatorData } from './authenticator-data.ts';
import { checkClientData, type Expected } from './client-data.ts';
import { isSignatureOf } from './signature.ts';
import { refuse } from './webauthn-error.ts';

/** What a browser says of the use of a passkey: the part of `AuthenticationResponseJSON` that counts, in base64url. */
export type AuthenticationResponse = {
  id: string;
  rawId: string;
  type: 'public-key';
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string };
};

const MAX_DATA_BYTES = 4096;
const MAX_SIGNATURE_BYTES = 512;

/**
 * Verifies `response`, the use of `passkey` (WebAuthn level 3, section 7.2). Gives its new counter, whether it is backed up,
 * and `isCloned` when the counter did not grow: then a copy of the passkey may exist. Does not check whose passkey it is, or
 * whether the challenge was used before. Throws `WebAuthnError`, for anything that is wrong.
 */
export async function verifyAssertion(
  { id, rawId, type, response }: AuthenticationResponse,
  passkey: { publicKey: string; counter: number },
  expected: Expected,
): Promise<{ counter: number; backedUp: boolean; isCloned: boolean }> {
  if (type !== 'public-key') refuse('the type is wrong');
  if (id !== rawId) refuse('the credential id is another one');
  const clientData = checkClientData(response.clientDataJSON, 'webauthn.get', expected);
  const data =
    decodeBase64url(response.authenticatorData, MAX_DATA_BYTES) ?? refuse('the authenticator data is malformed');
  const { counter, backedUp } = await readAuthenticatorData(data, expected.rpId);
  const signature = decodeBase64url(response.signature, MAX_SIGNATURE_BYTES) ?? refuse('the signature is malformed');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', clientData));
  const signed = new Uint8Array([...data, ...digest]);
  if (!(await isSignatureOf(signed, { signature, jwk: passkey.publicKey }))) refuse('the signature is wrong');
  // Passkeys that are synced have no counter: it is always zero.
  const hasCounter = counter > 0 || passkey.counter > 0;
  return { counter, backedUp, isCloned: hasCounter && counter <= passkey.counter };
}

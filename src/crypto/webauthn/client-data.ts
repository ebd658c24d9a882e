import { decodeBase64url } from '../strict-base64url.ts';
import { refuse } from './webauthn-error.ts';

/**
 * What a WebAuthn response must fit: the challenge in base64url, as `clientDataJSON` has it; the origins of pages that may
 * use passkeys; and the RP ID.
 */
export type Expected = { challenge: string; origins: readonly string[]; rpId: string };

const MAX_BYTES = 4096;

/** The challenge in `clientDataJSON` (base64url). Verifies nothing. `undefined` when there is none. */
export function challengeIn(clientDataJSON: string): string | undefined {
  const bytes = decodeBase64url(clientDataJSON, MAX_BYTES);
  const challenge = bytes && parse(bytes)?.['challenge'];
  return typeof challenge === 'string' ? challenge : undefined;
}

/**
 * The bytes of `clientDataJSON` (base64url), if it is for `type` and as `expected` (WebAuthn level 3, section 7.1, steps 6
 * to 11, and section 7.2, steps 10 to 15). Refuses pages in frames of other origins. Throws `WebAuthnError`.
 */
export function checkClientData(
  clientDataJSON: string,
  type: 'webauthn.create' | 'webauthn.get',
  { challenge, origins }: Expected,
): Uint8Array {
  const bytes = decodeBase64url(clientDataJSON, MAX_BYTES) ?? refuse('the client data is malformed');
  const data = parse(bytes) ?? refuse('the client data is malformed');
  if (data['type'] !== type) refuse('the type is wrong');
  if (data['challenge'] !== challenge) refuse('the challenge is another one');
  if (typeof data['origin'] !== 'string' || !origins.includes(data['origin'])) refuse('the origin is not allowed');
  if (data['topOrigin'] !== undefined || (data['crossOrigin'] ?? false) !== false) refuse('the page is in a frame');
  return bytes;
}

function parse(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
    return isObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (data: unknown): data is Record<string, unknown> => typeof data === 'object' && data !== null;

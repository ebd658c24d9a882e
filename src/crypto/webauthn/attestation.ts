import { decodeBase64url } from '../strict-base64url.ts';
import { readMap } from './cbor.ts';
import { refuse } from './webauthn-error.ts';

const MAX_BYTES = 8192;

/**
 * The authenticator data in `attestationObject` (base64url; WebAuthn level 3, section 6.5.4). The service asks for no
 * attestation and trusts none, so it does not read the statement of another format than `none`. Throws `WebAuthnError`.
 */
export function authenticatorDataIn(attestationObject: string): Uint8Array {
  const bytes = decodeBase64url(attestationObject, MAX_BYTES) ?? refuse('the attestation object is malformed');
  const { map, end } = readMap(bytes, 0);
  const [format, statement, data] = ['fmt', 'attStmt', 'authData'].map((name) => map.get(name));
  if (end !== bytes.length || map.size !== 3 || typeof format !== 'string' || !(data instanceof Uint8Array))
    return refuse('the attestation object is malformed');
  if (format === 'none' ? !(statement instanceof Map) || statement.size > 0 : statement === undefined)
    return refuse('the attestation statement is malformed');
  return data;
}

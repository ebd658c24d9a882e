import { base64url } from 'jose';
import type { CborMap } from './cbor.ts';
import { canBeEd25519Key } from './ed25519-point.ts';
import { refuse } from './webauthn-error.ts';

/** A public key as a JWK (RFC 7517). */
type PublicJwk = { kty: string; alg: string; crv?: string; x?: string; y?: string; n?: string; e?: string };

/**
 * The JWK of `key`, a COSE key (RFC 9052, section 7) for ES256 on P-256, EdDSA on Ed25519, or RS256 with 2048 to 4096 bits
 * and the exponent 65537. Refuses other members, as WebAuthn level 3, section 6.5.1.1, does. Refuses points of Ed25519 that
 * have a small order. Does not check that a point is on its curve. Throws `WebAuthnError`.
 */
export function readCoseKey(key: CborMap): PublicJwk {
  const bytesAt = (label: number, isRight: (bytes: Uint8Array) => boolean): string => {
    const bytes = key.get(label);
    return bytes instanceof Uint8Array && isRight(bytes) ? base64url.encode(bytes) : refuse('the key is malformed');
  };
  const is = (members: Record<number, number>, size: number) =>
    key.size === size && Object.entries(members).every(([label, value]) => key.get(Number(label)) === value);

  if (is({ 1: 2, 3: -7, [-1]: 1 }, 5))
    return { kty: 'EC', alg: 'ES256', crv: 'P-256', x: bytesAt(-2, isOf32), y: bytesAt(-3, isOf32) };
  if (is({ 1: 1, 3: -8, [-1]: 6 }, 4)) return { kty: 'OKP', alg: 'EdDSA', crv: 'Ed25519', x: bytesAt(-2, isPoint) };
  if (is({ 1: 3, 3: -257 }, 4)) return { kty: 'RSA', alg: 'RS256', n: bytesAt(-1, isModulus), e: bytesAt(-2, isF4) };
  return refuse('the key is of no kind that is asked for');
}

const isOf32 = ({ length }: Uint8Array) => length === 32;

const isPoint = (bytes: Uint8Array) => isOf32(bytes) && canBeEd25519Key(bytes);

const isModulus = ({ length, 0: first = 0 }: Uint8Array) =>
  length <= 512 && (length > 256 ? first > 0 : length === 256 && first >= 0x80);

const isF4 = (bytes: Uint8Array) => bytes.length === 3 && bytes.join() === '1,0,1';

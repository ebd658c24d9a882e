import { type CBORType, decodePartialCBOR } from '@levischuck/tiny-cbor';
import { refuse } from './webauthn-error.ts';

/** A map of CBOR, with keys as WebAuthn has them. */
export type CborMap = Map<string | number, CBORType>;

/**
 * The map of CBOR (RFC 8949) that begins at `start` in `bytes`, and where it ends. Refuses duplicate keys, lengths that are
 * not given, and what goes beyond the end. Throws `WebAuthnError`.
 */
export function readMap(bytes: Uint8Array, start: number): { map: CborMap; end: number } {
  const [map, length] = decode(bytes, start);
  const end = start + length;
  // The decoder cuts strings that go beyond the end.
  if (!(map instanceof Map) || end > bytes.length) return refuse('the CBOR is malformed');
  return { map, end };
}

function decode(bytes: Uint8Array, start: number) {
  try {
    return decodePartialCBOR(bytes, start);
  } catch {
    return refuse('the CBOR is malformed');
  }
}

import { refuse } from './webauthn-error.ts';

/** What Web Crypto calls the algorithms, both for importing a key and for verifying. */
const ALGORITHMS: Record<string, { name: string; namedCurve?: string; hash?: string }> = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
};

/**
 * Imports `jwk`, a public key as `readCoseKey` gives it, as JSON. Refuses a point that is not on its curve. Throws
 * `WebAuthnError`.
 */
export async function importPublicKey(jwk: string) {
  try {
    const parsed: unknown = JSON.parse(jwk);
    if (!isJwk(parsed)) return refuse('the key is malformed');
    const { alg, ...key } = parsed;
    const algorithm = ALGORITHMS[alg] ?? refuse('the key is malformed');
    return { algorithm, key: await crypto.subtle.importKey('jwk', key, algorithm, false, ['verify']) };
  } catch {
    return refuse('the key is malformed');
  }
}

/** Whether `signature` (for ES256 in DER) is that of `data` under `jwk`. Throws `WebAuthnError` when it is malformed. */
export async function isSignatureOf(
  data: Uint8Array,
  { signature, jwk }: { signature: Uint8Array; jwk: string },
): Promise<boolean> {
  const { algorithm, key } = await importPublicKey(jwk);
  const raw = algorithm.name === 'ECDSA' ? toRaw(signature) : signature;
  // workerd throws when a signature of Ed25519 has not 64 bytes.
  return crypto.subtle.verify(algorithm, key, raw, data).catch(() => refuse('the signature is malformed'));
}

/** Checks only the algorithm. The import checks the rest. */
function isJwk(parsed: unknown): parsed is JsonWebKey & { alg: string } {
  return typeof parsed === 'object' && parsed !== null && 'alg' in parsed && typeof parsed.alg === 'string';
}

/** The 64 bytes of an ECDSA signature on P-256 that `der` has as two integers (RFC 3279, section 2.2.3), in strict DER. */
function toRaw(der: Uint8Array): Uint8Array {
  const raw = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const [tag, length = 0, first = 0x80, second = 0] = der.subarray(at);
    const integer = der.subarray(at + 2, at + 2 + length);
    const digits = integer.subarray(first === 0 ? 1 : 0);
    const isShortest = first !== 0 || second >= 0x80;
    if (tag !== 2 || first >= 0x80 || !isShortest || integer.length !== length || length < 1 || digits.length > 32)
      refuse('the signature is malformed');
    raw.set(digits, end - digits.length);
    at += 2 + length;
  }
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || at !== der.length) refuse('the signature is malformed');
  return raw;
}

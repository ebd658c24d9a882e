import { type CborMap, readMap } from './cbor.ts';
import { refuse } from './webauthn-error.ts';

/** What an authenticator says; `credential` only when it has made one: its id, and its public key in COSE. */
export type AuthenticatorData = {
  counter: number;
  backedUp: boolean;
  credential?: { id: Uint8Array; publicKey: CborMap };
};

const FLAGS = { UP: 0x01, UV: 0x04, BE: 0x08, BS: 0x10, AT: 0x40, ED: 0x80 };

const MAX_ID_BYTES = 1023;

/**
 * Reads `bytes`, authenticator data (WebAuthn level 3, section 6.1) for `rpId`. Refuses it unless a user was present and
 * was verified, and when a credential that cannot be backed up says that it is. Throws `WebAuthnError`.
 */
export async function readAuthenticatorData(bytes: Uint8Array, rpId: string): Promise<AuthenticatorData> {
  if (bytes.length < 37) refuse('the authenticator data is malformed');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (flag: number) => (view.getUint8(32) & flag) !== 0;
  const rpIdHash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(rpId));
  if (!crypto.subtle.timingSafeEqual(bytes.subarray(0, 32), rpIdHash)) refuse('the RP ID is another one');
  if (!has(FLAGS.UP)) refuse('no user was present');
  if (!has(FLAGS.UV)) refuse('no user was verified');
  if (has(FLAGS.BS) && !has(FLAGS.BE)) refuse('the backup flags contradict each other');

  const { credential, end } = has(FLAGS.AT) ? readCredential(bytes, view) : { credential: undefined, end: 37 };
  const after = has(FLAGS.ED) ? readMap(bytes, end).end : end;
  if (after !== bytes.length) refuse('the authenticator data is malformed');
  return { counter: view.getUint32(33), backedUp: has(FLAGS.BS), ...(credential && { credential }) };
}

/** Section 6.5.1: 16 bytes of AAGUID, the length of the id in two bytes, the id, the key. */
function readCredential(bytes: Uint8Array, view: DataView) {
  const length = bytes.length < 55 ? 0 : view.getUint16(53);
  if (length === 0 || length > MAX_ID_BYTES) return refuse('the credential is malformed');
  const { map: publicKey, end } = readMap(bytes, 55 + length);
  return { credential: { id: bytes.subarray(55, 55 + length), publicKey }, end };
}

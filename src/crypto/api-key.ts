import { base64url } from 'jose';
import { deriveHmacKey, hmacSha256, verifyHmacSha256 } from './secret.ts';

/** An API key as it is made: `key` is for its owner alone, `id` and `mac` are for the database. */
export type NewApiKey = { key: string; id: string; mac: string };

const PURPOSE = 'latchkey api key v1';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 16;
/** 43 characters of base62 have 256 bits. */
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

/** `lk_`, the id, the secret, an underscore and the checksum. */
const LENGTH = 3 + ID_LENGTH + SECRET_LENGTH + 1 + CHECKSUM_LENGTH;
const FORMAT = /^(lk_([0-9A-Za-z]{16})[0-9A-Za-z]{43})_([0-9A-Za-z]{6})$/;

/** The MAC of no key, for comparison where there is no row. */
export const NO_MAC = 'A'.repeat(43);

/**
 * A random API key, `lk_<id><secret>_<checksum>` in base62. Its MAC is the HMAC-SHA256 of the whole key in base64url,
 * under a key derived from `secretKey` (base64).
 */
export async function makeApiKey(secretKey: string): Promise<NewApiKey> {
  const id = randomBase62(ID_LENGTH);
  const body = `lk_${id}${randomBase62(SECRET_LENGTH)}`;
  const key = `${body}_${checksumOf(body)}`;
  return { key, id, mac: base64url.encode(await hmacSha256(await macKey(secretKey), bytesOf(key))) };
}

/** Whether `text` is meant as an API key. No access token begins like one. */
export const isLikeApiKey = (text: string): boolean => text.startsWith('lk_');

/**
 * The id in `text`, if it has the form of an API key and its checksum is right. Otherwise `undefined`. Does not check
 * that there is such a key: anybody can compute a checksum.
 */
export function parseApiKey(text: string): { id: string } | undefined {
  const [, body, id, checksum] = text.length === LENGTH ? (FORMAT.exec(text) ?? []) : [];
  if (body === undefined || id === undefined) return undefined;
  return checksumOf(body) === checksum ? { id } : undefined;
}

/** Whether `mac` is that of `key`. Compares in constant time. */
export async function verifyApiKeyMac(key: string, mac: string, secretKey: string): Promise<boolean> {
  return verifyHmacSha256(base64url.decode(mac), await macKey(secretKey), bytesOf(key));
}

/** The CRC-32 of IEEE 802.3 over ASCII: an unsigned integer. */
export function crc32(text: string): number {
  let crc = ~0;
  for (const byte of bytesOf(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function checksumOf(body: string): string {
  let checksum = '';
  for (let left = crc32(body); left > 0; left = Math.floor(left / 62)) checksum = `${ALPHABET[left % 62]}${checksum}`;
  return checksum.padStart(CHECKSUM_LENGTH, '0');
}

/** `length` random characters. A byte of 248 or more is rejected, since 256 is no multiple of 62. */
function randomBase62(length: number): string {
  let random = '';
  while (random.length < length) {
    const bytes = crypto.getRandomValues(new Uint8Array(64)).filter((byte) => byte < 248);
    random += Array.from(bytes, (byte) => ALPHABET[byte % 62]).join('');
  }
  return random.slice(0, length);
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

const macKey = (secretKey: string) => deriveHmacKey(secretKey, PURPOSE);

import { base64url } from 'jose';

/** Base64url without padding (RFC 4648, section 5), whose spare bits are zero, so that bytes have one spelling. */
const FORMAT = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** The bytes of `text` in base64url; `undefined` when it is spelled otherwise, or has more than `maxBytes`. */
export function decodeBase64url(text: string, maxBytes: number): Uint8Array | undefined {
  return text.length <= Math.ceil((maxBytes * 4) / 3) && FORMAT.test(text) ? base64url.decode(text) : undefined;
}

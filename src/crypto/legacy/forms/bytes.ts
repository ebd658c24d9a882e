/** The bytes of `text` in UTF-8. */
export const bytesOfText = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes of `hex`, which has an even number of hex digits. */
export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The bytes of `base64` in the standard alphabet or the URL-safe one, padded or not (RFC 4648, sections 4 and 5). */
export const bytesOfBase64 = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

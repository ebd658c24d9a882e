/** Kinds of fields, as JSON Schema limits them. */

export const uuid = { format: 'uuid', minLength: 36, maxLength: 36 };

export const instant = { format: 'date-time', maxLength: 24 };

/** RFC 7515, section 7.1: three parts in base64url. */
export const jwt = { pattern: String.raw`^[\w-]+\.[\w-]+\.[\w-]+$`, maxLength: 4096 };

export const refreshToken = { pattern: String.raw`^[0-9a-f-]{36}\.\d{1,15}\.[\w-]{43}$`, maxLength: 96 };

/** Text of one line. */
export const line = (maxLength: number) => ({ pattern: String.raw`^[^\r\n]*$`, maxLength });

export const url = { format: 'uri', maxLength: 2048 };

export const seconds = (maximum: number) => ({ format: 'int32', minimum: 0, maximum });

/** RFC 7519, section 2: seconds since 1970. */
export const epochSeconds = { format: 'int64', minimum: 0, maximum: 9_007_199_254_740_991 };

/** A list of a few words. */
export const words = { maxItems: 8, uniqueItems: true, items: { pattern: '^[A-Za-z0-9_]+$', maxLength: 64 } };

/** A list of a few URIs and words. */
export const uris = { maxItems: 8, uniqueItems: true, items: { pattern: '^[a-z_:-]+$', maxLength: 64 } };

/** A part of a JSON Web Key. */
export const keyPart = { pattern: String.raw`^[\w-]+$`, maxLength: 128 };

/** The token of a mail. */
export const mailedToken = { pattern: String.raw`^[0-9a-f-]{36}\.[\w-]{43}$`, maxLength: 80 };

/** The code of a mail, grouped in any way. */
export const mailedCode = { pattern: String.raw`^[\s-]*(\d[\s-]*){8}$`, maxLength: 64 };

/** The roles of a user. */
export const roles = { maxItems: 32, uniqueItems: true, items: { pattern: '^[a-z0-9:_-]{1,64}$', maxLength: 64 } };

/** The scopes of a client or of an API key (RFC 6749, section 3.3). */
export const scopes = {
  maxItems: 64,
  uniqueItems: true,
  items: { pattern: String.raw`^[A-Za-z][\w:./-]{0,63}$`, maxLength: 64 },
};

/** Claims of a user: 1 KiB as JSON. */
export const claims = { maxProperties: 256, propertyNames: { pattern: String.raw`^[\x21-\x7e]{1,128}$` } };

/** Text of `length` letters and digits. */
export const base62 = (length: number) => ({
  pattern: `^[0-9A-Za-z]{${length}}$`,
  minLength: length,
  maxLength: length,
});

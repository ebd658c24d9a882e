/** Kinds of fields of second factors, as JSON Schema limits them. */

/** The token of a challenge, or of a set-up: payload and MAC in base64url. */
export const challengeToken = { pattern: String.raw`^[\w-]+\.[\w-]{43}$`, maxLength: 1024 };

/** Text in base64url (RFC 4648, section 5). */
export const base64url = (maxLength: number) => ({ pattern: String.raw`^[\w-]*$`, maxLength });

/** A code of an authenticator app, grouped in any way. */
export const code = { pattern: String.raw`^[\s-]*(\d[\s-]*){6}$`, maxLength: 64 };

/** A recovery code, as it is handed out: base32 in four groups. */
export const recoveryCode = { pattern: '^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$', maxLength: 19 };

/** The id of a passkey: at most 1,023 bytes (WebAuthn level 3, section 4). */
export const credentialId = { ...base64url(1364), minLength: 1 };

/** How a browser reaches a passkey (WebAuthn level 3, section 5.8.4). */
export const transports = { maxItems: 16, items: { pattern: String.raw`^[^\r\n]*$`, maxLength: 32 } };

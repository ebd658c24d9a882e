/** What PBKDF2-HMAC-SHA256 (RFC 8018, section 5.2) needs, and the 32 bytes that it gives for the right password. */
export type Pbkdf2Hash = { iterations: number; salt: Uint8Array; derived: Uint8Array };

/** What scrypt (RFC 7914) needs, and the 64 bytes that it gives for the right password. */
export type ScryptHash = { N: number; r: number; p: number; salt: Uint8Array; derived: Uint8Array };

/**
 * A password hash that another system made, with its scheme as `PasswordScheme` names it. `text` is the whole hash. The `derived` of Firebase is the signer key of the
 * project, 64 bytes, encrypted with a key that scrypt derives from the password.
 */
export type LegacyHash =
  | { scheme: 'bcrypt'; cost: number; text: string }
  | ({ scheme: 'werkzeug-scrypt' } & ScryptHash)
  | ({ scheme: 'werkzeug-pbkdf2' } & Pbkdf2Hash)
  | ({ scheme: 'django-pbkdf2' } & Pbkdf2Hash)
  | ({ scheme: 'better-auth-scrypt' } & ScryptHash)
  | { scheme: 'firebase-scrypt'; salt: Uint8Array; derived: Uint8Array };

import { mutantsOf } from '../mutant.ts';

const COMPARISON = 'test/crypto/comparison.test.ts';
const PASSWORD_HASH = 'test/crypto/password-hash.test.ts';
const TOKENS = 'test/crypto/tokens.test.ts';

export const crypto = [
  ...mutantsOf(
    'src/crypto/password-hash.ts',
    [PASSWORD_HASH],
    [
      {
        breaks: 'all passwords have the same salt',
        find: 'crypto.getRandomValues(new Uint8Array(SALT_BYTES))',
        replace: 'new Uint8Array(SALT_BYTES)',
      },
      {
        breaks: 'the pepper does not go into new hashes',
        find: 'pepper: parameters.peppers[0] }',
        replace: 'pepper: undefined }',
      },
      {
        breaks: 'a login of an unknown user hashes nothing',
        find: 'newHash: await hashPassword(password, parameters)',
        replace: 'newHash: undefined',
      },
      {
        breaks: 'a login of an unknown user hashes without the pepper',
        find: 'newHash: await hashPassword(password, parameters)',
        replace: 'newHash: await hashPassword(password, { ...parameters, peppers: [] })',
      },
      {
        breaks: 'a hash whose pepper is gone is verified without it',
        find: "if (pepperId !== '' && pepper === undefined)",
        replace: "if (pepperId === '?')",
      },
      {
        breaks: 'verifying an older hash takes fewer iterations than a new one',
        find: 'if (missing > 0) await',
        replace: 'if (missing < 0) await',
      },
      {
        breaks: 'comparing password hashes stops at the first difference',
        find: 'crypto.subtle.timingSafeEqual(hash, derived)',
        replace: 'hash.every((byte, i) => byte === derived[i])',
        tests: [COMPARISON],
      },
      {
        breaks: 'only half of a password hash is compared',
        find: 'timingSafeEqual(hash, derived)',
        replace: 'timingSafeEqual(hash.subarray(0, 16), derived.subarray(0, 16))',
        tests: [COMPARISON],
      },
      {
        breaks: 'a password in another Unicode normal form is refused',
        find: 'toNfkc(password)',
        replace: "password.normalize('NFC')",
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/pbkdf2.ts',
    [PASSWORD_HASH],
    [
      {
        breaks: 'one PBKDF2 call may exceed the limit of production',
        find: 'if (iterations > MAX_ITERATIONS_PER_CALL)',
        replace: 'if (iterations > 10 * MAX_ITERATIONS_PER_CALL)',
      },
      {
        breaks: 'each PBKDF2 call starts from the password, so a guess costs one call only',
        find: 'splitPbkdf2(derived, salt, iterations - first)',
        replace: 'splitPbkdf2(secret, salt, iterations - first)',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/secret.ts',
    [TOKENS],
    [
      {
        breaks: 'all derived keys are the same',
        find: 'new TextEncoder().encode(purpose)',
        replace: 'new TextEncoder().encode(purpose.slice(0, 0))',
      },
      {
        breaks: 'a key that was derived from another secret stays in use',
        find: 'if (known?.secretKey === secretKey) return',
        replace: 'if (known !== undefined) return',
      },
      {
        breaks: 'comparing MACs stops at the first difference',
        find: "return crypto.subtle.verify('HMAC', key, mac, data);",
        replace: 'return String(await hmacSha256(key, data)) === String(mac);',
        tests: [COMPARISON],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/refresh-token.ts',
    [TOKENS],
    [
      {
        breaks: 'a refresh token with a wrong MAC is accepted',
        find: 'return isSigned ? {',
        replace: 'return isSigned || true ? {',
      },
      {
        breaks: 'a refresh token has several spellings',
        find: '[\\w-]{42}[AEIMQUYcgkosw048]',
        replace: '[\\w-]{43}',
      },
      {
        breaks: 'the MAC of a refresh token does not cover the generation',
        find: 'new TextEncoder().encode(`${sessionId}.${generation}`)',
        replace: 'new TextEncoder().encode(`${sessionId}.0`)',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/attempt-keys.ts',
    ['test/crypto/attempt-keys.test.ts'],
    [
      {
        breaks: 'attempts from all networks share one key',
        find: "macOf(secretKey, 'pair', email, network)",
        replace: "macOf(secretKey, 'pair', email)",
      },
      {
        breaks: 'keys of attempts are hashes that anyone can compute',
        find: 'await hmacSha256(key, new TextEncoder().encode(JSON',
        replace: 'await hmacSha256(await deriveHmacKey(btoa(PURPOSE), PURPOSE), new TextEncoder().encode(JSON',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/client-secret.ts',
    [TOKENS],
    [
      { breaks: "a client's secret is accepted for any client id", find: '&& credential.id === id', replace: '' },
      {
        breaks: 'the first characters of a client id are enough',
        find: 'credential.id === id',
        replace: 'credential.id.startsWith(id)',
      },
      {
        breaks: 'a client id may have more characters at its end',
        find: 'credential.id === id',
        replace: 'id.startsWith(credential.id)',
      },
      {
        breaks: 'a client id is compared without regard to case',
        find: 'credential.id === id',
        replace: 'credential.id.toLowerCase() === id.toLowerCase()',
      },
      {
        breaks: 'comparing client secrets stops at the first difference',
        find: 'crypto.subtle.timingSafeEqual(base64url.decode(credential.secretHash), digest)',
        replace: 'credential.secretHash === base64url.encode(new Uint8Array(digest))',
        tests: [COMPARISON],
      },
      {
        breaks: 'comparing client secrets stops at the first match',
        find: 'const matches = credentials.map(',
        replace: 'return credentials.some(',
        tests: [COMPARISON],
      },
      {
        breaks: 'the secret of an unknown client is not compared',
        find: 'crypto.subtle.timingSafeEqual(base64url.decode(credential.secretHash), digest) && credential.id === id',
        replace:
          'credential.id === id && crypto.subtle.timingSafeEqual(base64url.decode(credential.secretHash), digest)',
        tests: [COMPARISON],
      },
    ],
  ),
];

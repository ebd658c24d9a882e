/** Forms that are known, and not supported. */
const known: [RegExp, string][] = [
  [/^$/, 'The hash is empty.'],
  [/^!/, "Django's mark for no password is no hash. Import the user without a password."],
  [/^\$argon2id\$|^argon2\$argon2id\$/, 'argon2id is not supported.'],
  [/^\$argon2i\$|^argon2\$argon2i\$/, 'argon2i is not supported.'],
  [/^\$argon2d\$|^argon2\$argon2d\$/, 'argon2d is not supported.'],
  [/^\$2x?\$/, 'bcrypt is supported as $2a$, $2b$ and $2y$ only.'],
  [/^bcrypt_sha256\$|^\$bcrypt-sha256\$/, 'bcrypt over SHA-256 is not supported.'],
  [/^bcrypt\$/, "Django's form of bcrypt is not supported."],
  [/^pbkdf2_sha1\$|^pbkdf2:sha1[:$]|^\$pbkdf2\$/, 'PBKDF2 with SHA-1 is not supported.'],
  [/^pbkdf2:sha512[:$]|^\$pbkdf2-sha512\$/, 'PBKDF2 with SHA-512 is not supported.'],
  [/^pbkdf2:sha256\$/, "Werkzeug's PBKDF2 without a number of iterations is not supported."],
  [/^\$pbkdf2-sha256\$/, "passlib's form of PBKDF2 is not supported."],
  [/^pbkdf2:/, 'PBKDF2 is supported with SHA-256 only.'],
  [/^scrypt\$/, "Django's scrypt is not supported."],
  [/^\$s(?:crypt|0)\$|^\$7\$/, 'scrypt is supported as Werkzeug, Better Auth and Firebase write it only.'],
  [/^\$pbkdf2-sha256-split\$/, "The hash is malformed: pbkdf2-sha256-split is this service's own."],
  [/^\$1\$|^\$apr1\$/, 'MD5-crypt is not supported.'],
  [/^\$5\$/, 'SHA-256-crypt is not supported.'],
  [/^\$6\$/, 'SHA-512-crypt is not supported.'],
  [/^\$y\$|^\$gy\$/, 'yescrypt is not supported.'],
  [/^\$[PH]\$/, 'phpass is not supported.'],
  [
    /^(?:unsalted_)?(?:md5|sha1|sha256|sha512)\$|^crypt\$|^plain\$/,
    'A salted digest is not supported: it is too fast.',
  ],
  [/^\{[A-Z\d-]{1,20}\}/, 'Hashes of LDAP are not supported.'],
  [/^[\da-f]{32}$/i, 'A plain digest of 32 hex digits, such as MD5, is not supported: it is too fast.'],
  [/^[\da-f]{40}$/i, 'A plain digest of 40 hex digits, such as SHA-1, is not supported: it is too fast.'],
  [/^[\da-f]{64}$/i, 'A plain digest of 64 hex digits, such as SHA-256, is not supported: it is too fast.'],
  [/^[\da-f]{96}$/i, 'A plain digest of 96 hex digits, such as SHA-384, is not supported: it is too fast.'],
  [/^[\da-f]{128}$/i, 'A plain digest of 128 hex digits, such as SHA-512, is not supported: it is too fast.'],
];

/** Why `stored`, which begins like no supported hash, is not supported. Repeats no part of it. */
export function nameUnsupported(stored: string): string {
  return known.find(([form]) => form.test(stored))?.[1] ?? 'The hash is in no form that is supported.';
}

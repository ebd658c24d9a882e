import { array, assert, constant, constantFrom, nat, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLegacyHash } from '../../../src/crypto/legacy/parse.ts';
import { UnsupportedHashError } from '../../../src/crypto/legacy/unsupported-hash.ts';
import { verifyLegacyHash } from '../../../src/crypto/legacy/verify.ts';
import knownAnswers from './known-answers.json' with { type: 'json' };

/** The message that a hash is refused with; `undefined` for one that is read. Any other error is a bug. */
function faultOf(stored: string): string | undefined {
  try {
    parseLegacyHash(stored);
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedHashError) return error.message;
    throw error;
  }
}

const BCRYPT = '$2b$10$abcdefghijklmnopqrstuuFSpURI4LVmwe2BYWZo44mVTNgJD9cZ2';
const HEX = (bytes: number) => 'a5'.repeat(bytes);
const DJANGO = `${'A'.repeat(42)}E=`;
const FIREBASE = `${'A'.repeat(85)}A==`;

describe('the reader of hashes of other systems', () => {
  it.each([
    [BCRYPT, undefined],
    [BCRYPT.replace('10', '04'), undefined],
    [BCRYPT.replace('10', '14'), undefined],
    [`scrypt:2:1:1$s$${HEX(64)}`, undefined],
    [`scrypt:32768:1:16$s$${HEX(64)}`, undefined],
    [`scrypt:65536:8:2$${'s'.repeat(64)}$${HEX(64)}`, undefined],
    [`scrypt:16384:32:2$s$${HEX(64)}`, undefined],
    [`pbkdf2:sha256:1$s$${HEX(32)}`, undefined],
    [`pbkdf2:sha256:2000000$s$${HEX(32)}`, undefined],
    [`pbkdf2_sha256$1$s$${DJANGO}`, undefined],
    [`pbkdf2_sha256$2000000$${'s'.repeat(64)}$${DJANGO}`, undefined],
    [`${HEX(16)}:${HEX(64)}`, undefined],
    [`$firebase-scrypt$AA==$${FIREBASE}`, undefined],
    [`$firebase-scrypt$AAA=$${FIREBASE}`, undefined],
    [`$firebase-scrypt$${'A'.repeat(64)}$${FIREBASE}`, undefined],
    [`$firebase-scrypt$-_+/$${'-_+/'.repeat(21)}-Q`, undefined],

    ['', 'The hash is empty.'],
    ['x'.repeat(513), 'The hash has more than 512 characters.'],
    ['x'.repeat(512), 'The hash is in no form that is supported.'],
    ['correct horse battery staple', 'The hash is in no form that is supported.'],
    [` ${BCRYPT}`, 'The hash is in no form that is supported.'],

    [BCRYPT.replace('10', '03'), 'bcrypt with cost 3: 4 at least.'],
    [BCRYPT.replace('10', '15'), 'bcrypt with cost 15: 14 at most.'],
    [BCRYPT.replace('10', '99'), 'bcrypt with cost 99: 14 at most.'],
    [BCRYPT.replace('10', '9'), 'The hash is malformed: bcrypt has two digits of cost.'],
    [BCRYPT.replace('10', '1٠'), 'The hash is malformed: bcrypt has two digits of cost.'],
    [BCRYPT.slice(0, -1), 'The hash is cut off: bcrypt has 60 characters.'],
    [BCRYPT.slice(0, 7), 'The hash is cut off: bcrypt has 60 characters.'],
    [`${BCRYPT}2`, 'The hash is too long: bcrypt has 60 characters.'],
    [`${BCRYPT}\n`, 'The hash is too long: bcrypt has 60 characters.'],
    [`${BCRYPT.slice(0, -1)}\n`, 'The hash is malformed: bcrypt has a salt and a hash in its own base64.'],
    [BCRYPT.replace('tuu', 'tuv'), 'The hash is malformed: bcrypt has a salt and a hash in its own base64.'],
    [`${BCRYPT.slice(0, -1)}3`, 'The hash is malformed: bcrypt has a salt and a hash in its own base64.'],
    [BCRYPT.replace('a', '$'), 'The hash is malformed: bcrypt has a salt and a hash in its own base64.'],

    [`scrypt:1:8:1$s$${HEX(64)}`, 'werkzeug-scrypt with N 1: 2 at least.'],
    [`scrypt:1048576:1:1$s$${HEX(64)}`, 'werkzeug-scrypt with N 1048576: 524288 at most.'],
    [`scrypt:9999999999:8:1$s$${HEX(64)}`, 'werkzeug-scrypt with N 9999999999: 524288 at most.'],
    [`scrypt:1024:0:1$s$${HEX(64)}`, 'werkzeug-scrypt with r 0: 1 at least.'],
    [`scrypt:1024:33:1$s$${HEX(64)}`, 'werkzeug-scrypt with r 33: 32 at most.'],
    [`scrypt:1024:8:0$s$${HEX(64)}`, 'werkzeug-scrypt with p 0: 1 at least.'],
    [`scrypt:1024:8:17$s$${HEX(64)}`, 'werkzeug-scrypt with p 17: 16 at most.'],
    [`scrypt:1000:8:1$s$${HEX(64)}`, 'werkzeug-scrypt with N 1000, r 8, p 1: N must be a power of two.'],
    [`scrypt:65536:1:1$s$${HEX(64)}`, 'werkzeug-scrypt with N 65536, r 1, p 1: N must be less than 2^(16 r).'],
    [`scrypt:131072:8:1$s$${HEX(64)}`, 'werkzeug-scrypt with N 131072, r 8, p 1: 64 MiB of memory at most.'],
    [`scrypt:65536:8:3$s$${HEX(64)}`, 'werkzeug-scrypt with N 65536, r 8, p 3: N r p 1048576 at most.'],
    [`scrypt:1024:8$s$${HEX(64)}`, 'The hash is malformed: werkzeug-scrypt has the numbers N, r and p.'],
    [`scrypt:99999999999:8:1$s$${HEX(64)}`, 'The hash is malformed: werkzeug-scrypt has the numbers N, r and p.'],
    [`scrypt:1024:8:1.5$s$${HEX(64)}`, 'The hash is malformed: werkzeug-scrypt has the numbers N, r and p.'],
    [`scrypt:1024:8:1e1$s$${HEX(64)}`, 'The hash is malformed: werkzeug-scrypt has the numbers N, r and p.'],
    [`scrypt:-1024:8:1$s$${HEX(64)}`, 'The hash is malformed: werkzeug-scrypt has the numbers N, r and p.'],
    [`scrypt:١٠٢٤:8:1$s$${HEX(64)}`, 'The hash is malformed: werkzeug-scrypt has the numbers N, r and p.'],
    [`scrypt:1024:8:1$s$${HEX(63)}`, 'The hash is cut off: werkzeug-scrypt has 128 hex digits of hash.'],
    ['scrypt:1024:8:1$s', 'The hash is cut off: werkzeug-scrypt has 128 hex digits of hash.'],
    [`scrypt:1024:8:1$s$${HEX(65)}`, 'The hash is too long: werkzeug-scrypt has 128 hex digits of hash.'],
    [`scrypt:1024:8:1$s$${HEX(64)}\n`, 'The hash is malformed: werkzeug-scrypt has the numbers N, r and p.'],
    [`scrypt:1024:8:1$s$${HEX(63)}A5`, 'The hash is malformed: werkzeug-scrypt has a hash in small hex digits.'],
    [
      `scrypt:1024:8:1$$${HEX(64)}`,
      'The hash is malformed: werkzeug-scrypt has a salt of 1 to 64 characters, and a hash.',
    ],
    [
      `scrypt:1024:8:1$ß$${HEX(64)}`,
      'The hash is malformed: werkzeug-scrypt has a salt of 1 to 64 characters, and a hash.',
    ],
    [
      `scrypt:1024:8:1$${'s'.repeat(65)}$${HEX(64)}`,
      'The hash is malformed: werkzeug-scrypt has a salt of 1 to 64 characters, and a hash.',
    ],
    [
      `scrypt:1024:8:1$s$${HEX(64)}$`,
      'The hash is malformed: werkzeug-scrypt has a salt of 1 to 64 characters, and a hash.',
    ],

    [`pbkdf2:sha256:0$s$${HEX(32)}`, 'werkzeug-pbkdf2 with iterations 0: 1 at least.'],
    [`pbkdf2:sha256:2000001$s$${HEX(32)}`, 'werkzeug-pbkdf2 with iterations 2000001: 2000000 at most.'],
    [
      `pbkdf2:sha256:${'9'.repeat(300)}$s$${HEX(32)}`,
      'The hash is malformed: werkzeug-pbkdf2 has a number of iterations.',
    ],
    [`pbkdf2:sha256:1000$s$${HEX(31)}a`, 'The hash is cut off: werkzeug-pbkdf2 has 64 hex digits of hash.'],
    [`pbkdf2:sha256:1000$s$${HEX(33)}`, 'The hash is too long: werkzeug-pbkdf2 has 64 hex digits of hash.'],

    [`pbkdf2_sha256$0$s$${DJANGO}`, 'django-pbkdf2 with iterations 0: 1 at least.'],
    [`pbkdf2_sha256$2000001$s$${DJANGO}`, 'django-pbkdf2 with iterations 2000001: 2000000 at most.'],
    [`pbkdf2_sha256$x$s$${DJANGO}`, 'The hash is malformed: django-pbkdf2 has a number of iterations.'],
    [
      `pbkdf2_sha256$1000$$${DJANGO}`,
      'The hash is malformed: django-pbkdf2 has a salt of 1 to 64 characters, and a hash.',
    ],
    [
      `pbkdf2_sha256$1000$s$${DJANGO}$`,
      'The hash is malformed: django-pbkdf2 has a salt of 1 to 64 characters, and a hash.',
    ],
    ['pbkdf2_sha256$1000$s', 'The hash is cut off: django-pbkdf2 has 44 characters of hash.'],
    [`pbkdf2_sha256$1000$s$${DJANGO}=`, 'The hash is too long: django-pbkdf2 has 44 characters of hash.'],
    [`pbkdf2_sha256$1000$s$${'A'.repeat(42)}B=`, 'The hash is malformed: django-pbkdf2 has a hash in base64.'],
    [`pbkdf2_sha256$1000$s$${'A'.repeat(41)}-E=`, 'The hash is malformed: django-pbkdf2 has a hash in base64.'],

    [`${HEX(16)}:${HEX(63)}`, 'The hash is cut off: better-auth-scrypt has 128 hex digits of hash.'],
    [`${HEX(16)}:${HEX(65)}`, 'The hash is too long: better-auth-scrypt has 128 hex digits of hash.'],
    [`${HEX(16)}:${HEX(63)}g0`, 'The hash is malformed: better-auth-scrypt has a hash in small hex digits.'],
    [`${HEX(15)}:${HEX(64)}`, 'The hash is in no form that is supported.'],

    ['$firebase-scrypt$AA==', 'The hash is cut off: firebase-scrypt has 86 characters of hash without padding.'],
    [
      `$firebase-scrypt$AA==$${'A'.repeat(87)}`,
      'The hash is too long: firebase-scrypt has 86 characters of hash without padding.',
    ],
    [`$firebase-scrypt$AA==$${'A'.repeat(85)}!`, 'The hash is malformed: firebase-scrypt has a hash in base64.'],
    [
      `$firebase-scrypt$AA==$${FIREBASE}$`,
      'The hash is malformed: firebase-scrypt has a salt of 1 to 48 bytes in base64, and a hash.',
    ],
    ...['', 'A', 'AAAAA', 'A===', 'A$A', '!!', 'A'.repeat(65)].map((salt): [string, string] => [
      `$firebase-scrypt$${salt}$${FIREBASE}`,
      'The hash is malformed: firebase-scrypt has a salt of 1 to 48 bytes in base64, and a hash.',
    ]),
  ])('says of %s: %s', (stored, fault) => {
    expect(faultOf(stored)).toBe(fault);
  });

  it.each([
    ['$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA', 'argon2id is not supported.'],
    ['argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA', 'argon2id is not supported.'],
    ['$argon2i$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA', 'argon2i is not supported.'],
    ['$argon2d$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA', 'argon2d is not supported.'],
    [BCRYPT.replace('$2b', '$2x'), 'bcrypt is supported as $2a$, $2b$ and $2y$ only.'],
    [BCRYPT.replace('$2b', '$2'), 'bcrypt is supported as $2a$, $2b$ and $2y$ only.'],
    [`bcrypt_sha256$${BCRYPT}`, 'bcrypt over SHA-256 is not supported.'],
    [`bcrypt$${BCRYPT}`, "Django's form of bcrypt is not supported."],
    ['pbkdf2_sha1$260000$salt$aGFzaA==', 'PBKDF2 with SHA-1 is not supported.'],
    [`pbkdf2:sha1:150000$salt$${HEX(20)}`, 'PBKDF2 with SHA-1 is not supported.'],
    [`pbkdf2:sha512:150000$salt$${HEX(64)}`, 'PBKDF2 with SHA-512 is not supported.'],
    ['$pbkdf2-sha512$25000$salt$hash', 'PBKDF2 with SHA-512 is not supported.'],
    [`pbkdf2:sha256$salt$${HEX(32)}`, "Werkzeug's PBKDF2 without a number of iterations is not supported."],
    ['$pbkdf2-sha256$29000$salt$hash', "passlib's form of PBKDF2 is not supported."],
    [`pbkdf2:md5:1000$salt$${HEX(16)}`, 'PBKDF2 is supported with SHA-256 only.'],
    ['scrypt$16384$salt$8$1$aGFzaA==', "Django's scrypt is not supported."],
    ['$scrypt$ln=16,r=8,p=1$salt$hash', 'scrypt is supported as Werkzeug, Better Auth and Firebase write it only.'],
    ['$pbkdf2-sha256-split$i=1,p=$salt$hash', "The hash is malformed: pbkdf2-sha256-split is this service's own."],
    ['$1$salt$hash', 'MD5-crypt is not supported.'],
    ['$apr1$salt$hash', 'MD5-crypt is not supported.'],
    ['$5$rounds=5000$salt$hash', 'SHA-256-crypt is not supported.'],
    ['$6$salt$hash', 'SHA-512-crypt is not supported.'],
    ['$y$j9T$salt$hash', 'yescrypt is not supported.'],
    ['$P$Bsalthash', 'phpass is not supported.'],
    [`md5$salt$${HEX(16)}`, 'A salted digest is not supported: it is too fast.'],
    [`sha1$salt$${HEX(20)}`, 'A salted digest is not supported: it is too fast.'],
    [`unsalted_sha1$$${HEX(20)}`, 'A salted digest is not supported: it is too fast.'],
    ['{SSHA}aGFzaA==', 'Hashes of LDAP are not supported.'],
    [HEX(16), 'A plain digest of 32 hex digits, such as MD5, is not supported: it is too fast.'],
    [HEX(20), 'A plain digest of 40 hex digits, such as SHA-1, is not supported: it is too fast.'],
    [HEX(32), 'A plain digest of 64 hex digits, such as SHA-256, is not supported: it is too fast.'],
    [HEX(48), 'A plain digest of 96 hex digits, such as SHA-384, is not supported: it is too fast.'],
    [HEX(64), 'A plain digest of 128 hex digits, such as SHA-512, is not supported: it is too fast.'],
    [`!${'x'.repeat(40)}`, "Django's mark for no password is no hash. Import the user without a password."],
  ])('knows %s and refuses it: %s', (stored, fault) => {
    expect(faultOf(stored)).toBe(fault);
  });

  it('refuses ten megabytes of text by its length alone', () => {
    for (const start of ['', '$2b$10$', 'scrypt:1:1:1$', `${HEX(16)}:`, '$firebase-scrypt$'])
      expect(faultOf(start + 'A'.repeat(10_000_000))).toBe('The hash has more than 512 characters.');
  });

  it('reads any text, or refuses it without repeating it', () => {
    const starts = knownAnswers.map(({ hash }) => hash);
    const start = tuple(constantFrom(...starts), nat(200)).map(([hash, length]) => hash.slice(0, length));
    const piece = oneof(string({ unit: 'binary' }), constantFrom('$', ':', '=', '\n', '0', '9'.repeat(20)), start);
    const text = tuple(oneof(start, constant('')), array(piece)).map(([head, tail]) => head + tail.join(''));
    assert(
      property(text, (stored) => {
        const fault = faultOf(stored);
        if (fault === undefined) return;
        expect(fault).toMatch(/^[\w ,.:;$+^*()'-]{1,120}$/);
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['2:1:1', '32768:1:16', '65536:8:2', '16384:32:2', '32768:16:2'])(
    'bounds scrypt so that a Worker can run it: %s',
    async (parameters) => {
      const hash = parseLegacyHash(`scrypt:${parameters}$salt$${HEX(64)}`);
      expect(await verifyLegacyHash('password', hash, undefined)).toBe(false);
    },
  );
});

import { mutantsOf } from '../mutant.ts';

const ANSWERS = 'test/crypto/legacy/known-answers.test.ts';
const PARSE = 'test/crypto/legacy/parse.test.ts';
const PRICE = 'test/crypto/legacy/price.test.ts';
const PARAMETERS = 'test/crypto/legacy/firebase-parameters.test.ts';
const WASM = 'test/crypto/legacy/pbkdf2-wasm.test.ts';

export const legacyHashes = [
  ...mutantsOf(
    'src/crypto/legacy/parse.ts',
    [PARSE],
    [
      {
        breaks: 'a hash of another system may have any length',
        find: 'if (stored.length > MAX_LENGTH)',
        replace: 'if (stored.length > 1e9)',
      },
      {
        breaks: 'bcrypt of the faulty kind $2x$ is taken for bcrypt',
        find: '2[aby]',
        replace: '2[abxy]',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/check.ts',
    [PARSE],
    [
      { breaks: 'parameters have no lower bound', find: 'number < min', replace: 'number < 0' },
      { breaks: 'parameters have no upper bound', find: 'number > max', replace: 'number > Infinity' },
      { breaks: 'a hash that is cut off is read', find: 'text.length < length', replace: 'text.length < 0' },
      { breaks: 'a hash that is too long is read', find: 'text.length > length', replace: 'text.length > 1e9' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/bcrypt.ts',
    [PARSE],
    [
      { breaks: 'bcrypt of cost 15 is verified', find: 'max: 14', replace: 'max: 15' },
      { breaks: 'bcrypt of cost 3 is verified', find: 'min: 4', replace: 'min: 3' },
      { breaks: 'a salt of bcrypt may have spare bits', find: '[.Oeu]', replace: '[./A-Za-z\\d]' },
      { breaks: 'bcrypt may have any characters', find: 'if (!REST.test(stored.slice(7)))', replace: 'if (false)' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/scrypt-bounds.ts',
    [PARSE],
    [
      { breaks: 'scrypt takes more memory than a Worker has', find: 'N * r > MAX_N_R)', replace: 'N * r > 1e9)' },
      { breaks: 'scrypt works for seconds', find: 'N * r * p > MAX_N_R_P', replace: 'N * r * p > 1e9' },
      { breaks: 'scrypt has an N that is no power of two', find: '!Number.isInteger(Math.log2(N))', replace: 'false' },
      { breaks: 'scrypt has an N that is too large for its r', find: 'N >= 2 ** (16 * r)', replace: 'false' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/limits.ts',
    [PARSE],
    [
      { breaks: 'PBKDF2 has one iteration too many', find: 'max: 2_000_000', replace: 'max: 2_000_001' },
      { breaks: 'a hash without a salt is read', find: '{1,64}', replace: '{0,64}' },
      { breaks: 'a salt is longer than its bound', find: '{1,64}', replace: '{1,65}' },
      { breaks: 'a salt is text of any script', find: '[!-#%-~]', replace: '[^$]' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/werkzeug.ts',
    [PARSE],
    [
      { breaks: 'a hash of Werkzeug has further parts', find: 'others.length > 0 ||', replace: '' },
      { breaks: 'a hash of Werkzeug need not be hex', find: '!/^[\\da-f]+$/.test(hex)', replace: 'false' },
      {
        breaks: 'PBKDF2 of Werkzeug is not bounded',
        find: "checkBounds(scheme, 'iterations', Number(digits), PBKDF2_ITERATIONS)",
        replace: 'Number(digits)',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/django.ts',
    [PARSE],
    [
      { breaks: 'a hash of Django has further parts', find: 'others.length > 0 ||', replace: '' },
      { breaks: 'a hash of Django has spare bits', find: '[AEIMQUYcgkosw048]', replace: '[A-Za-z\\d+/]' },
      {
        breaks: 'PBKDF2 of Django is not bounded',
        find: "checkBounds(scheme, 'iterations', Number(digits), PBKDF2_ITERATIONS)",
        replace: 'Number(digits)',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/better-auth.ts',
    [PARSE],
    [
      { breaks: 'a hash of Better Auth need not be hex', find: '!/^[\\da-f]+$/.test(hash)', replace: 'false' },
      {
        breaks: 'the salt of Better Auth is taken for bytes',
        find: 'salt: bytesOfText(salt)',
        replace: 'salt: bytesOfHex(salt)',
        tests: [ANSWERS],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/firebase.ts',
    [PARSE],
    [
      { breaks: 'a hash of Firebase has further parts', find: 'others.length > 0 ||', replace: '' },
      { breaks: 'a salt of Firebase may be anything', find: '|| !SALT.test(salt)', replace: '' },
      { breaks: 'a hash of Firebase need not be base64', find: '!/^[\\w+/-]+$/.test(hash)', replace: 'false' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/forms/bytes.ts',
    [ANSWERS],
    [
      {
        breaks: 'URL-safe base64 is not read',
        find: ".replaceAll('-', '+')",
        replace: '',
        tests: [ANSWERS, PARAMETERS],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/firebase-parameters.ts',
    [PARAMETERS],
    [
      { breaks: 'FIREBASE_SCRYPT may be long', find: 'text.length > MAX_LENGTH', replace: 'text.length < 0' },
      { breaks: 'FIREBASE_SCRYPT may have other members', find: '|| Object.keys(others).length > 0', replace: '' },
      { breaks: 'FIREBASE_SCRYPT may name another algorithm', find: "algorithm !== 'SCRYPT' ||", replace: '' },
      { breaks: 'a signer key may have any length', find: '{86}', replace: '+' },
      { breaks: 'a salt separator may be long', find: '{0,4}', replace: '{0,9}' },
      { breaks: 'nine rounds are taken', find: 'isWithin(rounds, 8)', replace: 'isWithin(rounds, 9)' },
      { breaks: 'a memory cost of 15 is taken', find: 'isWithin(memCost, 14)', replace: 'isWithin(memCost, 15)' },
      { breaks: 'no rounds are taken', find: 'value >= 1', replace: 'value >= 0' },
      { breaks: 'half a round is taken', find: 'Number.isInteger(value) &&', replace: '' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/verify.ts',
    [ANSWERS],
    [
      {
        breaks: 'any password is right for a hash of another system',
        find: 'return crypto.subtle.timingSafeEqual(await derive(password, hash, firebase), hash.derived)',
        replace: 'return (await derive(password, hash, firebase)).length === hash.derived.length',
      },
      { breaks: 'passwords of Better Auth are not normalized', find: 'toNfkc(password)', replace: 'password' },
      {
        breaks: 'passwords of Werkzeug are normalized',
        find: "'werkzeug-scrypt') return scrypt(password,",
        replace: "'werkzeug-scrypt') return scrypt(toNfkc(password),",
      },
      {
        breaks: 'passwords of Django are normalized',
        find: 'return anyPbkdf2(password,',
        replace: 'return anyPbkdf2(toNfkc(password),',
      },
      {
        breaks: 'passwords of bcrypt are normalized',
        find: 'return verifyBcrypt(password,',
        replace: 'return verifyBcrypt(toNfkc(password),',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/bcrypt.ts',
    [ANSWERS],
    [
      { breaks: 'any password is right for bcrypt', find: 'return isRight &&', replace: 'return' },
      { breaks: 'bcrypt takes a password that repeats another', find: "&& !password.includes('\\0')", replace: '' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/scrypt.ts',
    [ANSWERS],
    [
      {
        breaks: 'scrypt has the memory of small parameters only',
        find: '128 * r * (N + p + 2) + 2 ** 20',
        replace: '2 ** 25',
        tests: [PARSE],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/pbkdf2.ts',
    [ANSWERS],
    [
      {
        breaks: 'PBKDF2 asks Web Crypto for more iterations than it has',
        find: 'iterations <= MAX_ITERATIONS_PER_CALL',
        replace: 'iterations <= 100_001',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/firebase.ts',
    [ANSWERS],
    [{ breaks: 'the salt separator is forgotten', find: ', ...saltSeparator', replace: '' }],
  ),
  ...mutantsOf(
    'src/crypto/legacy/pbkdf2-wasm.ts',
    [WASM],
    [
      { breaks: 'PBKDF2 in WebAssembly has another bound', find: '2_000_000', replace: '2_000_001' },
      { breaks: 'a long password is cut', find: 'secret.length > KEY.bytes', replace: 'secret.length > 64_000' },
      { breaks: 'a password of a block is hashed', find: 'secret.length > KEY.bytes', replace: 'secret.length > 63' },
      { breaks: 'the password stays in memory', find: 'bytes.fill(0);', replace: '' },
      { breaks: 'there is an iteration too many', find: 'iterate(iterations - 1);', replace: 'iterate(iterations);' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/legacy/price.ts',
    [PRICE],
    [
      { breaks: 'WebAssembly costs what Web Crypto costs', find: 'iterations > 100_000', replace: 'iterations > 1e9' },
      { breaks: 'a login with a cheap hash is free', find: 'Math.max(1, ', replace: 'Math.max(0, ' },
    ],
  ),
];

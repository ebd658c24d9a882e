import { mutantsOf } from '../mutant.ts';

const TOTP = 'test/crypto/totp.test.ts';
const SEALED = 'test/crypto/sealed-secret.test.ts';
const CODES = 'test/crypto/recovery-code.test.ts';
const CHALLENGES = 'test/crypto/challenge-token.test.ts';
const VECTORS = 'test/crypto/webauthn/vectors.test.ts';
const REFUSALS = 'test/crypto/webauthn/refusals.test.ts';
const KEYS = 'test/crypto/webauthn/keys.test.ts';
const CBOR = 'test/crypto/webauthn/cbor.test.ts';

export const secondFactors = [
  ...mutantsOf(
    'src/crypto/totp.ts',
    [TOTP],
    [
      {
        breaks: 'a code of an app lives longer',
        find: 'current, current - 1]',
        replace: 'current, current - 1, current - 2]',
      },
      {
        breaks: 'a code of an app can be used as a later one',
        find: '[current + 1, current, current - 1]',
        replace: '[current - 1, current, current + 1]',
      },
      { breaks: 'a code of an app is read from another place', find: '& 0xf)', replace: '& 0x7)' },
      { breaks: 'the secret of an app is short', find: 'SECRET_BYTES = 20', replace: 'SECRET_BYTES = 10' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/sealed-secret.ts',
    [SEALED],
    [
      { breaks: 'a sealed secret is for every account', find: 'encode(userId)', replace: "encode('')" },
      {
        breaks: 'all sealed secrets have the same IV',
        find: 'crypto.getRandomValues(new Uint8Array(IV_BYTES))',
        replace: 'new Uint8Array(IV_BYTES)',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/recovery-code.ts',
    [CODES],
    [
      { breaks: 'recovery codes are short', find: 'CODE_BYTES = 10', replace: 'CODE_BYTES = 5' },
      { breaks: 'a recovery code is for every account', find: '`${userId}.${code}`', replace: 'code' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/challenge-token.ts',
    [CHALLENGES],
    [
      { breaks: 'a challenge is for every network', find: '`${payload}.${network}`', replace: '`${payload}.`' },
      { breaks: 'a challenge is for every purpose', find: 'token v1 ${purpose}`', replace: 'token v1`' },
      { breaks: 'a challenge has no end', find: '|| said.expiresAt <= now.getTime()', replace: '' },
      { breaks: 'a challenge lives a moment longer', find: 'said.expiresAt <= now', replace: 'said.expiresAt < now' },
      {
        breaks: 'anybody writes challenges',
        find: 'if (!(await verifyHmacSha256(base64url.decode(mac), key, signedBytes(payload, network))))',
        replace: 'if (key.extractable)',
      },
      { breaks: 'a challenge of any length is verified', find: 'token.length > MAX_LENGTH ? [] :', replace: '' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/client-data.ts',
    [REFUSALS],
    [
      {
        breaks: 'a passkey is used with another challenge',
        find: "if (data['challenge'] !== challenge)",
        replace: "if (data['challenge'] === '')",
      },
      {
        breaks: 'a passkey is used on the page of somebody else',
        find: "|| !origins.includes(data['origin'])",
        replace: '',
      },
      { breaks: 'a passkey is used in a frame', find: "(data['crossOrigin'] ?? false) !== false", replace: 'false' },
      { breaks: 'a passkey is used under another top page', find: "data['topOrigin'] !== undefined ||", replace: '' },
      { breaks: 'a registration is a login', find: "if (data['type'] !== type)", replace: "if (data['type'] === '')" },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/authenticator-data.ts',
    [REFUSALS, CBOR],
    [
      {
        breaks: 'a passkey of another RP ID is used',
        find: 'if (!crypto.subtle.timingSafeEqual(bytes.subarray(0, 32), rpIdHash))',
        replace: 'if (rpIdHash.byteLength === 0)',
      },
      {
        breaks: 'a passkey is used without anybody',
        find: "if (!has(FLAGS.UP)) refuse('no user was present');",
        replace: '',
      },
      {
        breaks: 'a passkey is used by whoever has the device',
        find: "if (!has(FLAGS.UV)) refuse('no user was verified');",
        replace: '',
      },
      { breaks: 'a passkey that cannot be backed up is', find: 'has(FLAGS.BS) && !has(FLAGS.BE)', replace: 'false' },
      {
        breaks: 'bytes behind the data of an authenticator are ignored',
        find: 'if (after !== bytes.length)',
        replace: 'if (after > bytes.length)',
      },
      { breaks: 'the id of a passkey is longer', find: 'MAX_ID_BYTES = 1023', replace: 'MAX_ID_BYTES = 1024' },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/attestation.ts',
    [CBOR],
    [
      { breaks: 'bytes behind an attestation are ignored', find: 'end !== bytes.length || ', replace: '' },
      { breaks: 'an attestation has further members', find: ' || map.size !== 3', replace: '' },
      { breaks: 'the format none has a statement', find: '|| statement.size > 0', replace: '', tests: [REFUSALS] },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/cbor.ts',
    [CBOR],
    [{ breaks: 'CBOR goes beyond its end', find: ' || end > bytes.length', replace: '' }],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/cose-key.ts',
    [KEYS],
    [
      { breaks: 'a key has further members', find: 'key.size === size &&', replace: '' },
      { breaks: 'a key of RSA has 2047 bits', find: 'first >= 0x80', replace: 'first > 0' },
      {
        breaks: 'a key of RSA has any exponent',
        find: "bytes.length === 3 && bytes.join() === '1,0,1'",
        replace: 'bytes.length > 0',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/signature.ts',
    [KEYS],
    [
      { breaks: 'DER has bytes behind it', find: '|| at !== der.length', replace: '' },
      { breaks: 'an integer in DER has zeros before it', find: '|| !isShortest ', replace: '' },
      { breaks: 'an integer in DER is negative', find: '|| first >= 0x80 ', replace: '' },
      {
        breaks: 'a signature of another length fails the service',
        find: ".catch(() => refuse('the signature is malformed'))",
        replace: '',
        tests: [VECTORS],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/verify-registration.ts',
    [REFUSALS],
    [
      {
        breaks: 'a passkey has the id of another one',
        find: 'if (id !== made || rawId !== made)',
        replace: "if (id === '')",
      },
      {
        breaks: 'a point that is on no curve is a key',
        find: 'await importPublicKey(publicKey);',
        replace: '',
        tests: [KEYS],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webauthn/verify-assertion.ts',
    [REFUSALS],
    [
      {
        breaks: 'any signature of a passkey is right',
        find: 'if (!(await isSignatureOf(signed, { signature, jwk: passkey.publicKey })))',
        replace: 'if (signed.length === 0)',
      },
      {
        breaks: 'a counter that stands still is that of no copy',
        find: 'counter <= passkey.counter',
        replace: 'counter < passkey.counter',
      },
      {
        breaks: 'a counter that is back at zero is that of no copy',
        find: 'counter > 0 || passkey.counter > 0',
        replace: 'counter > 0',
      },
    ],
  ),
];

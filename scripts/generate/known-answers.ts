// node scripts/generate/known-answers.ts > test/crypto/known-answers.json
// Computes what test/crypto expects of our Web Crypto code, with node:crypto and none of our code.
import { createHmac, createPrivateKey, hkdfSync, pbkdf2Sync, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';

const LIMIT = 100_000;

const pepper = { id: 'p1', key: Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i * 7)).toString('base64') };

const passwords = [
  { password: 'correct horse battery staple', iterations: 600_000 },
  { password: '123456', iterations: 1 },
  { password: 'one call exactly', iterations: LIMIT },
  { password: 'one iteration in a second call', iterations: LIMIT + 1 },
  { password: 'two calls and a half', iterations: 250_000 },
  { password: 'of 64 bytes, which is a block of SHA-256 and so the longest key.', iterations: 1000 },
  { password: 'of 65 bytes, which is more than a block: HMAC hashes it at first.', iterations: 1000 },
  { password: 'long '.repeat(51), iterations: 1000 },
  { password: 'Żółw Ω ﬁ Å ①', iterations: 1000 },
  { password: 'пароль密码🔑👩‍👩‍👧', iterations: 1000 },
  { password: 'peppered', iterations: 1000, pepper },
  { password: 'peppered, twice a call', iterations: 2 * LIMIT, pepper },
];

const hashes = passwords.map(({ password, iterations, pepper }, index) => {
  const salt = Buffer.from(Array.from({ length: 16 }, (_, i) => (index * 31 + i * 17) % 256));
  const normalized = Buffer.from(password.normalize('NFKC'), 'utf8');
  let derived: Buffer = pepper
    ? createHmac('sha256', Buffer.from(pepper.key, 'base64')).update(normalized).digest()
    : normalized;
  for (let left = iterations; left > 0; left -= LIMIT) {
    derived = pbkdf2Sync(derived, salt, Math.min(left, LIMIT), 32, 'sha256');
  }
  const parameters = `i=${iterations},p=${pepper?.id ?? ''}`;
  const stored = `$pbkdf2-sha256-split$${parameters}$${salt.toString('base64url')}$${derived.toString('base64url')}`;
  return { password, stored };
});

const secretKey = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 73 + 11) % 256)).toString('base64');
const refreshTokens = [
  { sessionId: 'f9aa5a25-63b3-4c53-a53a-21ab8bb2c1f8', generation: 0 },
  { sessionId: 'f9aa5a25-63b3-4c53-a53a-21ab8bb2c1f8', generation: 4711 },
].map(({ sessionId, generation }) => {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(secretKey, 'base64'), '', 'latchkey refresh token v1', 32));
  const mac = createHmac('sha256', key).update(`${sessionId}.${generation}`).digest('base64url');
  return { sessionId, generation, token: `${sessionId}.${generation}.${mac}` };
});

const hkdf = (info: string) => Buffer.from(hkdfSync('sha256', Buffer.from(secretKey, 'base64'), '', info, 32));
const mailedOf = (purpose: string, id: string) => {
  const mac = createHmac('sha256', hkdf(`latchkey mailed token v1 ${purpose}`))
    .update(id)
    .digest('base64url');
  const codeMac = createHmac('sha256', hkdf(`latchkey mailed code v1 ${purpose}`))
    .update(id)
    .digest();
  const digits = BigInt(`0x${codeMac.subarray(0, 8).toString('hex')}`) % 100_000_000n;
  return { purpose, id, token: `${id}.${mac}`, code: digits.toString().padStart(8, '0') };
};
const challengeId = '01a21687-ed01-75e3-a603-17a873145f4d';
const purposes = ['register', 'verify_email', 'reset_password', 'change_email', 'undo_email'];
/** The first ids whose codes begin with one, two and three zeros. */
const leadingZeros = ['0', '00', '000'].map((zeros) => {
  for (let number = 0; ; number += 1) {
    const id = `01a21687-ed01-75e3-a603-${number.toString(16).padStart(12, '0')}`;
    const mailed = mailedOf('reset_password', id);
    if (mailed.code.startsWith(zeros) && mailed.code[zeros.length] !== '0') return mailed;
  }
});
const mailed = [...purposes.map((purpose) => mailedOf(purpose, challengeId)), ...leadingZeros];

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const apiKeyOf = (id: string, secret: string) => {
  const body = `lk_${id}${secret}`;
  const places = Array.from({ length: 6 }, (_, i) => 62 ** (5 - i));
  const checksum = places.map((place) => BASE62[Math.floor(crc32(body) / place) % 62]).join('');
  const key = `${body}_${checksum}`;
  return { key, id, mac: createHmac('sha256', hkdf('latchkey api key v1')).update(key).digest('base64url') };
};
/** A key, and the first one whose checksum begins with a zero that is padding. */
const apiKeys = ['', '00'].map((zeros) => {
  for (let number = 0; ; number += 1) {
    const apiKey = apiKeyOf('0AZaz9kLmNoPqRsT', `${BASE62.slice(20, 58)}${String(number).padStart(5, '0')}`);
    if (apiKey.key.split('_')[2]?.startsWith(zeros)) return apiKey;
  }
});

/** The example keys of RFC 7515, appendix A.3, and RFC 8037, appendix A.1. */
const keys = [
  {
    kty: 'EC',
    kid: 'rfc7515-a3',
    alg: 'ES256',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  },
  {
    kty: 'OKP',
    kid: 'rfc8037-a1',
    alg: 'EdDSA',
    crv: 'Ed25519',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  },
];
const parties = { issuer: 'https://auth.example.org', audience: 'latchkey' };
const claims = {
  sub: 'user',
  sid: 'session',
  jti: 'token',
  client_id: 'first-party',
  iat: 1_800_000_000,
  exp: 1_800_000_900,
  admin: false,
  email_verified: true,
  user_version: 3,
  roles: ['editor'],
  rights_version: 2,
  auth_time: 1_799_999_700,
  acr: 'aal2',
  amr: ['pwd', 'otp', 'mfa'],
  tenant: 'acme',
};
const accessTokens = keys.map((jwk) => {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const payload = { ...claims, iss: parties.issuer, aud: parties.audience };
  const input = `${encode({ alg: jwk.alg, kid: jwk.kid, typ: 'at+jwt' })}.${encode(payload)}`;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const signature = sign(jwk.alg === 'ES256' ? 'sha256' : null, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return { alg: jwk.alg, token: `${input}.${signature.toString('base64url')}` };
});

console.log(
  JSON.stringify(
    { peppers: [pepper], hashes, secretKey, refreshTokens, mailed, apiKeys, keys, parties, claims, accessTokens },
    null,
    2,
  ),
);

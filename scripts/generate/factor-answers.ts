// node scripts/generate/factor-answers.ts > test/crypto/factor-answers.json
// Computes what test/crypto expects of our Web Crypto code for second factors, with node:crypto and none of our code.
import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';

const secretKey = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 73 + 11) % 256)).toString('base64');
const hkdf = (info: string) => Buffer.from(hkdfSync('sha256', Buffer.from(secretKey, 'base64'), '', info, 32));

const userId = '01a21687-ed01-75e3-a603-17a873145f4d';

const sealedSecrets = [20, 32].map((length) => {
  const secret = Buffer.from(Array.from({ length }, (_, i) => (i * 41 + length) % 256));
  const iv = Buffer.from(Array.from({ length: 12 }, (_, i) => i * 19 + length));
  const cipher = createCipheriv('aes-256-gcm', hkdf('latchkey totp secrets v1'), iv).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return { userId, secret: secret.toString('hex'), sealed: sealed.toString('base64url') };
});

const recoveryCodes = ['ABCDEFGHIJKLMNOP', '234567QRSTUVWXYZ'].map((code) => ({
  userId,
  code,
  mac: createHmac('sha256', hkdf('latchkey recovery code v1')).update(`${userId}.${code}`).digest('base64url'),
}));

const id = '01a21687-ed01-75e3-a603-000000000001';
const expiresAt = 1_800_000_600_123;
const sealedSecret = sealedSecrets[0]?.sealed;
const challengeTokens = [
  { purpose: 'log_in', challenge: { id, expiresAt, userId, version: 3 } },
  { purpose: 'enrol', challenge: { id, expiresAt, userId, version: 0 } },
  { purpose: 'sign_in', challenge: { id, expiresAt } },
  { purpose: 'add_passkey', challenge: { id, expiresAt, userId, version: 3 } },
  { purpose: 'add_totp', challenge: { id, expiresAt, userId, version: 3, sealedSecret } },
].map(({ purpose, challenge }) => {
  const network = '2001:db8:0:1::/64';
  const payload = Buffer.from(JSON.stringify(challenge)).toString('base64url');
  const key = hkdf(`latchkey challenge token v1 ${purpose}`);
  const mac = createHmac('sha256', key).update(`${payload}.${network}`).digest('base64url');
  return { purpose, network, challenge, token: `${payload}.${mac}` };
});

console.log(JSON.stringify({ secretKey, sealedSecrets, recoveryCodes, challengeTokens }, null, 2));

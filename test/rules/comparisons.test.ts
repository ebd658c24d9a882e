import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(['/src/**/*.ts', '!/src/env.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What ends in such a word may be a secret, or what a secret is verified by: `mac`, `secretHash`, `accessToken`. */
const SECRET = /(mac|hash|digest|secret|signature|token|derived)(e?s)?\b(?!\??\.length)/i;

/** Comparing with these tells whether there is a value, and nothing of it. */
const NOTHING = /^\W*(undefined|null)?\W*$|\btypeof\b/;

/** An operator, and what it compares: up to a parenthesis that was opened before. */
const OPERAND = String.raw`(?:[^()]|\((?:[^()]|\([^()]*\))*\))*`;
const OPERATION = new RegExp(`(${OPERAND})[!=]==?(?!=)(${OPERAND})`);

/** Ways to look for a text in others. The denylist is asked by ids. */
const SEARCH =
  /([\w.?]+)(?<!\bdenylist)\.(?:includes|indexOf|startsWith|endsWith|localeCompare|every|some|has|get)\(([^()]*)/g;

/** The comparisons of secrets in `source` that may take the longer, the more of the secret is right. */
function comparisonsIn(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/'[^'\n]*'/g, "''");
  const operations = code.split(/&&|\|\||=>|\s[?:]\s|[;{},\n]|\breturn\b|\bthrow\b/).filter((operation) => {
    const [, ...sides] = OPERATION.exec(operation) ?? [];
    return sides.some((side) => SECRET.test(side)) && !sides.some((side) => NOTHING.test(side));
  });
  const searches = Array.from(code.matchAll(SEARCH)).filter((match) =>
    match.slice(1).some((part) => SECRET.test(part)),
  );
  return [...operations, ...searches.map(([search]) => search)];
}

it.each([
  'if (mac === expected) return;',
  'expected !== row.user.passwordHash',
  'String(await hmacSha256(key, data)) === String(mac) && a === mac',
  'credential.secretHash === base64url.encode(digest)',
  'clients.find((client) => client.secret == given)',
  'hashes.includes(hash)',
  'byHash.get(digest)',
  'known.has(refreshToken)',
  'hash.every((byte, i) => byte === derived[i])',
  'mac.startsWith(given)',
])('finds the comparison in: %s', (code) => {
  expect(comparisonsIn(code)).not.toEqual([]);
});

it.each([
  "if (secret === null || mac === undefined || token !== '') return;",
  'undefined === hash',
  "if (refreshToken === undefined) c.set('holder', { caller });",
  "else if (scope === 'session') await revokeRefreshToken(deps, refreshToken);",
  "typeof token === 'string'",
  'hash.length === 32',
  'crypto.subtle.timingSafeEqual(hash, derived)',
  "crypto.subtle.verify('HMAC', key, mac, data)",
  '/* a === hash */ // mac === a',
])('finds nothing in: %s', (code) => {
  expect(comparisonsIn(code)).toEqual([]);
});

it.each(Object.entries(sources))('%s compares no MAC, hash, secret or token with an operator', (_, source) => {
  expect(comparisonsIn(source)).toEqual([]);
});

it('leaves comparing in constant time to Web Crypto, in the files that say so', () => {
  const comparing = /crypto\.subtle\.(timingSafeEqual|verify)\(/;
  expect(Object.keys(sources).filter((file) => comparing.test(sources[file] ?? ''))).toEqual([
    '/src/crypto/client-secret.ts',
    '/src/crypto/password-hash.ts',
    '/src/crypto/secret.ts',
  ]);
});

import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>(['/src/**/*.ts', '!/src/env.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * A name that ends in one of these words may hold a secret or what verifies one: `mac`, `secretHash`, `accessToken`.
 */
const SECRET = /(mac|hash|digest|secret|signature|token|derived)(e?s)?\b(?!\??\.length)/i;

/** A comparison with one of these tells only whether there is a value. */
const NOTHING = /^\W*(undefined|null)?\W*$|\btypeof\b/;

/** An operator and its two sides, each up to a parenthesis that was opened before it. */
const OPERAND = String.raw`(?:[^()]|\((?:[^()]|\([^()]*\))*\))*`;
const OPERATION = new RegExp(`(${OPERAND})[!=]==?(?!=)(${OPERAND})`);

/** Methods that compare a value with others. */
const SEARCH = /([\w.?]+)\.(?:includes|indexOf|startsWith|endsWith|localeCompare|every|some|has|get)\(([^()]*)/g;

/** The comparisons in `source` that may take longer the more of a secret is right. */
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

const unsafe = [
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
];

const safe = [
  "if (secret === null || mac === undefined || token !== '') return;",
  'undefined === hash',
  "if (refreshToken === undefined) c.set('holder', { caller });",
  "else if (scope === 'session') await revokeRefreshToken(deps, refreshToken);",
  "typeof token === 'string'",
  'hash.length === 32',
  'crypto.subtle.timingSafeEqual(hash, derived)',
  "crypto.subtle.verify('HMAC', key, mac, data)",
  '/* a === hash */ // mac === a',
];

describe('the search for unsafe comparisons', () => {
  it('finds every comparison of a secret that may leak its timing', () => {
    expect(unsafe.filter((code) => comparisonsIn(code).length === 0)).toEqual([]);
  });

  it('accepts comparisons in constant time and comparisons that tell nothing of a secret', () => {
    expect(safe.flatMap(comparisonsIn)).toEqual([]);
  });
});

/** A lookup of a token's SHA-256: how long it takes tells nothing of the token. */
const lookup = '/src/crypto/verified-tokens.ts: tokens.get(digest';

describe('the source', () => {
  it('compares no MAC, hash, secret or token with an operator or by searching', () => {
    const found = Object.entries(sources).flatMap(([file, source]) =>
      comparisonsIn(source).map((comparison) => `${file}: ${comparison.trim()}`),
    );
    expect(found).toEqual([lookup]);
  });

  it('compares secrets by Web Crypto, in eight files', () => {
    const comparing = /crypto\.subtle\.(timingSafeEqual|verify)\(/;
    expect(Object.keys(sources).filter((file) => comparing.test(sources[file] ?? ''))).toEqual([
      '/src/crypto/client-secret.ts',
      '/src/crypto/legacy/verify.ts',
      '/src/crypto/mailed-token.ts',
      '/src/crypto/password-hash.ts',
      '/src/crypto/secret.ts',
      '/src/crypto/totp.ts',
      '/src/crypto/webauthn/authenticator-data.ts',
      '/src/crypto/webauthn/signature.ts',
    ]);
  });
});

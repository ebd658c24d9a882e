import { describe, expect, it } from 'vitest';
import guide from '../../docs/how-to/api-keys.md?raw';
import { crc32, makeApiKey, NO_MAC, parseApiKey, verifyApiKeyMac } from '../../src/crypto/api-key.ts';
import known from './known-answers.json' with { type: 'json' };

const { apiKeys, secretKey } = known;
const otherKey = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)));

describe('the checksum of API keys', () => {
  it('is the CRC-32 of IEEE 802.3, by its check value', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(crc32('')).toBe(0);
  });
});

describe('the regular expression that the guide gives to secret scanners', () => {
  const pattern = new RegExp(/^ {4}(\\b\S+\\b)$/m.exec(guide)?.[1] ?? '^$', 'g');

  it('finds the keys in a text, whole, and each is right', async () => {
    const { key } = await makeApiKey(secretKey);
    expect(`LATCHKEY_KEY="${key}";`.match(pattern)).toEqual([key]);
    expect(`x${key}`.match(pattern)).toBeNull();
    expect(key.slice(0, -1).match(pattern)).toBeNull();
    const shown = guide.match(pattern) ?? [];
    expect(shown).toHaveLength(1);
    for (const each of shown) expect(parseApiKey(each), each).toEqual({ id: each.slice(3, 19) });
  });
});

describe('an API key', () => {
  it.each(apiKeys)('$key is the one of node:zlib and node:crypto', async ({ key, id, mac }) => {
    expect(key).toMatch(/^lk_[0-9A-Za-z]{59}_[0-9A-Za-z]{6}$/);
    expect(parseApiKey(key)).toEqual({ id });
    expect(await verifyApiKeyMac(key, mac, secretKey)).toBe(true);
  });

  it.each(apiKeys)('$key is right only under its own key and MAC', async ({ key, mac }) => {
    expect(await verifyApiKeyMac(key, mac, otherKey)).toBe(false);
    expect(await verifyApiKeyMac(key, NO_MAC, secretKey)).toBe(false);
    for (const other of apiKeys.filter((each) => each.key !== key))
      expect(await verifyApiKeyMac(key, other.mac, secretKey)).toBe(false);
  });

  it.each(apiKeys)('$key with one changed or exchanged character has a wrong checksum', ({ key }) => {
    for (const index of Array.from(key, (_, i) => i)) {
      const changed = key[index] === 'x' ? 'y' : 'x';
      expect(parseApiKey(key.slice(0, index) + changed + key.slice(index + 1)), String(index)).toBeUndefined();
      const [first = '', second = ''] = key.slice(index, index + 2);
      if (first === second || second === '') continue;
      expect(parseApiKey(key.slice(0, index) + second + first + key.slice(index + 2))).toBeUndefined();
    }
  });

  it('has one spelling', () => {
    const key = String(apiKeys[0]?.key);
    const others = [
      '',
      'lk_',
      `${key} `,
      ` ${key}`,
      `${key}\n`,
      key.toUpperCase(),
      key.slice(3),
      key.replaceAll('_', '-'),
    ];
    for (const other of [...others, `${key}${key}`, key.slice(0, -1), `${key}0`, `lk_${key}`])
      expect(parseApiKey(other), other).toBeUndefined();
  });

  it('is random, with an id that it is found by and a MAC of the whole key', async () => {
    const made = await Promise.all(Array.from({ length: 300 }, async () => makeApiKey(secretKey)));
    for (const { key, id, mac } of made) {
      expect(parseApiKey(key)).toEqual({ id });
      expect(mac).toMatch(/^[\w-]{43}$/);
      expect(await verifyApiKeyMac(key, mac, secretKey)).toBe(true);
    }
    expect(new Set(made.map(({ id }) => id)).size).toBe(300);
    expect(new Set(made.map(({ key }) => key.slice(19, 62))).size).toBe(300);
    // 17,700 characters: each of the 62 comes about 285 times. Fewer than 160 would be seven deviations away.
    const characters = made.map(({ key }) => key.slice(3, 62)).join('');
    const counts = Map.groupBy(characters, (character) => character);
    expect(counts.size).toBe(62);
    for (const [character, { length }] of counts) expect(length, character).toBeGreaterThan(160);
    for (const [character, { length }] of counts) expect(length, character).toBeLessThan(410);
  });
});

import { afterEach, expect, it, vi } from 'vitest';
import { prefixOf } from '../../../src/http/request/network.ts';

afterEach(() => vi.restoreAllMocks());

const bits = { ipv4: 24, ipv6: 48 } as const;

it.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['0000:0000:0000:0000:0000:ffff:203.113.113.113', '203.113.113.0/24'],
])('keeps of %s no more than %s', (address, prefix) => {
  expect(prefixOf(address, bits)).toBe(prefix);
});

it('does not parse what is too long for an address', () => {
  const canParse = vi.spyOn(URL, 'canParse');
  expect(prefixOf(`::${'0'.repeat(16_000)}`, bits)).toBeUndefined();
  expect(prefixOf('1:'.repeat(8000), bits)).toBeUndefined();
  expect(canParse).not.toHaveBeenCalled();
});

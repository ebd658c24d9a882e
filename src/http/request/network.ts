import type { Context } from 'hono';
import { distinctRemoteAddr, expandIPv6 } from 'hono/utils/ipaddr';

/** The longest text form of an address: IPv6 with an IPv4 address at its end. */
const MAX_ADDRESS_LENGTH = 45;

/**
 * The network that a request comes from: the IPv4 address, or the /64 of IPv6, which one customer of a provider gets.
 * Trusts only `CF-Connecting-IP`, which Cloudflare sets. Requests without an address share one network.
 */
export function networkOf(c: Context): string {
  return prefixOf(c.req.header('CF-Connecting-IP'), { ipv4: 32, ipv6: 64 }) ?? 'unknown';
}

/**
 * The first `bits` of `address`, in CIDR notation: `203.0.113.0/24`, `2001:db8:1::/48`. `undefined` when it is not an
 * address.
 */
export function prefixOf(address: string | undefined, bits: { ipv4: 24 | 32; ipv6: 48 | 64 }): string | undefined {
  if (address === undefined || address.length > MAX_ADDRESS_LENGTH) return undefined;
  const version = distinctRemoteAddr(address);
  if (version === 'IPv4') return prefixOfIpv4(address, bits.ipv4);
  if (version !== 'IPv6' || !URL.canParse(`http://[${address}]`)) return undefined;
  const groups = expandIPv6(address).split(':');
  const numbers = groups.map((group) => Number.parseInt(group, 16));
  const mapped = ipv4Of(numbers);
  if (mapped !== undefined) return prefixOfIpv4(mapped, bits.ipv4);
  const kept = numbers.slice(0, bits.ipv6 / 16).map((number) => number.toString(16));
  return `${kept.join(':')}::/${bits.ipv6}`;
}

function prefixOfIpv4(address: string, bits: 24 | 32): string {
  return bits === 32 ? `${address}/32` : address.replace(/\.\d+$/, '.0/24');
}

/** The IPv4 address that an IPv6 address maps (RFC 4291, section 2.5.5.2). */
function ipv4Of(groups: number[]): string | undefined {
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

import type { Context } from 'hono';
import { distinctRemoteAddr, expandIPv6 } from 'hono/utils/ipaddr';
import type { Device } from '../domain/session.ts';

const MAX_USER_AGENT_LENGTH = 256;

/**
 * What the request comes from: the network of the address that Cloudflare saw (IPv4 /24, IPv6 /48, never the whole
 * address), the country that it takes it for, and what the client calls itself.
 */
export function deviceOf(c: Context): Device {
  const address = c.req.header('CF-Connecting-IP');
  const country = c.req.raw.cf?.['country'];
  return {
    addressPrefix: address === undefined ? null : prefixOf(address),
    country: typeof country === 'string' ? country : null,
    userAgent: c.req.header('User-Agent')?.slice(0, MAX_USER_AGENT_LENGTH).toWellFormed() ?? null,
  };
}

function prefixOf(address: string): string | null {
  const version = distinctRemoteAddr(address);
  if (version === 'IPv4') return address.replace(/\.\d+$/, '.0/24');
  if (version !== 'IPv6' || !URL.canParse(`http://[${address}]`)) return null;
  const groups = expandIPv6(address).split(':').slice(0, 3);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/48`;
}

import type { Context } from 'hono';
import type { LoginOrigin } from '../../domain/login/login-origin.ts';
import type { Device } from '../../domain/session/session.ts';
import { networkOf, prefixOf } from './network.ts';

const MAX_USER_AGENT_LENGTH = 256;

/**
 * The device that sent the request: the network of its address (IPv4 /24, IPv6 /48, never the whole address) and its
 * country, both as Cloudflare reports them, and its user agent.
 */
export function deviceOf(c: Context): Device {
  const country = c.req.raw.cf?.['country'];
  return {
    addressPrefix: prefixOf(c.req.header('CF-Connecting-IP'), { ipv4: 24, ipv6: 48 }) ?? null,
    country: typeof country === 'string' ? country : null,
    userAgent: c.req.header('User-Agent')?.slice(0, MAX_USER_AGENT_LENGTH).toWellFormed() ?? null,
  };
}

/** Where a registration or a login comes from. */
export const loginOriginOf = (c: Context): LoginOrigin => ({ device: deviceOf(c), network: networkOf(c) });

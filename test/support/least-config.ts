import { env } from 'cloudflare:workers';

const { ISSUER, SECRET_KEY, SIGNING_KEYS, DB, DENYLIST } = env;

/** Stand-ins for the bindings of the rate limiters. */
export const limiters = { LIMIT_CREDENTIALS: {}, LIMIT_ACCOUNT: {}, LIMIT_REFRESH: {}, LIMIT_OTHER: {} };

/** The variables, secrets and bindings that have no default. */
export const least = { ISSUER, SECRET_KEY, SIGNING_KEYS, DB, DENYLIST, ...limiters };

/*
 * Limits and formats of this room that the configuration and the scripts check too. Scripts run in Node, so nothing
 * here may need the types of Workers.
 */

/** The longest password, in code points after NFKC. NIST SP 800-63B-4 asks for at least 64. The caller checks it. */
export const MAX_PASSWORD_LENGTH = 256;

/** The algorithms of signing keys. */
export const SIGNING_ALGS = ['ES256', 'EdDSA', 'RS256'] as const;

/** The id of a pepper. Password hashes carry it. */
export const PEPPER_ID = /^[a-z0-9-]{1,16}$/;

/** The id of a client of `/oauth/`. */
export const CLIENT_ID = /^\w[\w.-]{0,63}$/;

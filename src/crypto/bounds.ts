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

/** The name of a role. */
export const ROLE = /^[a-z0-9:_-]{1,64}$/;

/** The prefix of the scopes of the service itself. Only clients can have them. */
export const OWN_SCOPE_PREFIX = 'latchkey:';

/** A scope (RFC 6749, section 3.3), as far as we use its grammar. */
export const SCOPE = /^[A-Za-z][\w:./-]{0,63}$/;

/** How long anyone may keep the published keys: a new key has to be out for as long before it signs. */
export const JWKS_MAX_AGE_SECONDS = 600;

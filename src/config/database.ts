import { z } from 'zod';
import { isBinding, isSecure, NOT_BOUND, text } from './fields.ts';

/**
 * The URL of a libSQL server as Turso shows it, or empty. Requests carry the token, so only loopback may do without
 * TLS.
 */
const databaseUrl = text.refine((value) => value === '' || isDatabaseUrl(value), {
  error: 'must be libsql:// or https:// and a host (http:// on localhost only), without path, query or credentials',
});

/** What goes into an `Authorization` header (RFC 6750, section 2.1). */
const bearerToken = text.regex(/^[\w.~+/-]+=*$/, { error: 'must be a token as it goes into a header' });

/** The database: `libsql` when there is a URL, otherwise D1. A token without a URL means that the URL was forgotten. */
export const database = z
  .object({
    DB: z.unknown().optional(),
    TURSO_DATABASE_URL: databaseUrl.default(''),
    TURSO_AUTH_TOKEN: bearerToken.optional(),
  })
  .refine((env) => env.TURSO_DATABASE_URL !== '' || isBinding(env.DB), { path: ['DB'], error: NOT_BOUND })
  .refine((env) => env.TURSO_DATABASE_URL !== '' || env.TURSO_AUTH_TOKEN === undefined, {
    path: ['TURSO_AUTH_TOKEN'],
    error: 'is set, and TURSO_DATABASE_URL is not',
  })
  .transform(({ TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken }) => ({
    libsql: url === '' ? undefined : { url, authToken },
  }));

function isDatabaseUrl(value: string): boolean {
  const url = value.replace(/^libsql:/, 'https:');
  return /^https?:\/\/[^/?#@\s\\%]+\/?$/.test(url) && URL.canParse(url) && isSecure(new URL(url));
}

import { z } from 'zod';
import { splitList, text } from './fields.ts';
import { isOriginPattern, matchesOrigin } from './origin-pattern.ts';

/**
 * Which pages may call the service: `allowsAny` means those of every origin. `headers` are allowed beside the usual
 * ones.
 */
export type Cors = { allowsAny: boolean; allows: (origin: string) => boolean; headers: string[] };

const origins = text.transform(splitList).refine((list) => list.every(isOriginPattern), {
  error:
    'must be origins without a final slash, such as https://app.example.org, https://*.app.example.org or http://localhost:*, or *',
});

/**
 * Names of headers (RFC 9110, section 5.1). `*` is one too, but browsers take it for every name except `Authorization`.
 */
const headerNames = text
  .transform(splitList)
  .refine((list) => list.every((name) => /^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name) && name !== '*'), {
    error: 'must be names of headers such as sentry-trace, comma-separated, without *',
  });

/** Pages of other origins. `cors` is `undefined` when none may call. */
export const cors = z
  .object({
    CORS_ORIGINS: origins.default([]),
    CORS_HEADERS: headerNames.default([]),
  })
  .transform((env) => ({
    cors: env.CORS_ORIGINS.length === 0 ? undefined : policyOf(env.CORS_ORIGINS, env.CORS_HEADERS),
  }));

function policyOf(patterns: string[], headers: string[]): Cors {
  const allows = (origin: string) => patterns.some((pattern) => matchesOrigin(pattern, origin));
  return { allowsAny: patterns.includes('*'), allows, headers };
}

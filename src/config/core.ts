import { z } from 'zod';
import { binding, isSecure, text } from './fields.ts';

/** An issuer identifier (RFC 8414, section 2) without a path. */
const issuer = text.refine(isIssuer, {
  error: 'must be the https URL of this service without a path or a final slash (http on localhost only)',
});

const audience = text.regex(/^[\x21-\x7e]{1,255}$/, { error: 'must be 1 to 255 printable characters without spaces' });

/** Who issues the tokens, for whom, and where revocations spread. */
export const core = z
  .object({
    ISSUER: issuer,
    AUDIENCE: audience.default('latchkey'),
    DENYLIST: binding,
  })
  .transform((env) => ({ issuer: env.ISSUER, audience: env.AUDIENCE }));

function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return value === url.origin && isSecure(url);
}

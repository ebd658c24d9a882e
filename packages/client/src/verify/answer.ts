import { type CallerClaims, parseClaims } from './claims.ts';
import { isApiKey } from './grammar.ts';

/** What Latchkey says of an active `token`. `undefined` when it leaves out a claim, or takes an API key for a person. */
export function parseAnswer(answer: Record<string, unknown>, token: string): CallerClaims | undefined {
  const claims = parseClaims(answer);
  return isApiKey(token) && claims?.sid !== undefined ? undefined : claims;
}

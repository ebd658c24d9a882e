import { type CheckedRecency, meets } from '../verify/recent.ts';
import { isRecord } from '../verify/shapes.ts';
import type { Refusal } from './decide.ts';

/**
 * The response to a `user` who has to authenticate again (RFC 9470, section 3); `undefined` lets the user on. Throws
 * `TypeError` when no `requireUser` has let the user in, which is a bug of the app.
 */
export function decideRecent(user: unknown, needed: CheckedRecency): Refusal | undefined {
  if (!isRecord(user) || typeof user['sid'] !== 'string') {
    throw new TypeError('requireRecent needs requireUser in front of it.');
  }
  return meets(user, needed) ? undefined : refuse(needed);
}

/** The body has what the header has: pages of other origins cannot read a header that `cors()` does not expose. */
function refuse({ maxAgeSeconds, acr }: CheckedRecency): Refusal {
  const error = 'insufficient_user_authentication';
  const description = acr === undefined ? 'Prove again who you are.' : 'Prove again who you are, by two factors.';
  const level = acr === undefined ? '' : `, acr_values="${acr}"`;
  const challenge = `Bearer error="${error}", error_description="${description}", max_age="${maxAgeSeconds}"${level}`;
  return {
    status: 401,
    headers: { 'WWW-Authenticate': challenge },
    body: {
      error,
      error_description: description,
      max_age: maxAgeSeconds,
      ...(acr !== undefined && { acr_values: acr }),
    },
  };
}

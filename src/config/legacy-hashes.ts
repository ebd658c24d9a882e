import { z } from 'zod';
import { parseFirebaseParameters } from '../crypto/legacy/firebase-parameters.ts';
import { text } from './fields.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day such as 2027-06-30, or nothing. Turns it into its end in UTC. */
const lastDay = text.transform((day, context) => {
  const start = startOf(day);
  if (day === '') return undefined;
  if (start !== undefined) return { day, end: new Date(start + DAY_MS) };
  context.addIssue({ code: 'custom', message: 'must be a day, such as 2027-06-30' });
  return z.NEVER;
});

const firebase = text.transform((json, context) => {
  if (json === '') return undefined;
  const parameters = parseFirebaseParameters(json);
  if (parameters !== undefined) return parameters;
  context.addIssue({
    code: 'custom',
    message: 'must be JSON with base64_signer_key, base64_salt_separator, rounds and mem_cost, as Firebase shows them',
  });
  return z.NEVER;
});

/** Passwords that other systems have hashed: until when they are accepted, and what those of Firebase need. */
export const legacyHashes = z
  .object({ LEGACY_HASHES_UNTIL: lastDay.optional(), FIREBASE_SCRYPT: firebase.optional() })
  .transform((env) => ({ legacyHashesUntil: env.LEGACY_HASHES_UNTIL, firebaseScrypt: env.FIREBASE_SCRYPT }));

/** The first millisecond of `day`; `undefined` for one that no calendar has. */
function startOf(day: string): number | undefined {
  const time = Date.parse(`${day}T00:00:00.000Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : time;
}

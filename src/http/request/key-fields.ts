import { z } from '@hono/zod-openapi';
import { name } from './name.ts';
import { strictRequest } from './user-fields.ts';

const MAX_SCOPES = 64;
const MAX_DAYS = 3650;
const DEFAULT_DAYS = 90;

const scopes = z
  .array(z.string({ error: 'Must be a string.' }), { error: 'Must be a list of scopes.' })
  .max(MAX_SCOPES, { error: `Must have at most ${MAX_SCOPES} scopes.` })
  .optional()
  .openapi({ example: ['api'] });

const days = `Must be a whole number from 1 to ${MAX_DAYS}, or null for a key that does not expire.`;

const expires_in_days = z
  .int({ error: days })
  .min(1, { error: days })
  .max(MAX_DAYS, { error: days })
  .nullable()
  .default(DEFAULT_DAYS);

/** The request of a route that makes an API key. */
export const keyRequest = strictRequest({ name: name.openapi({ example: 'nightly import' }), scopes, expires_in_days });

type KeyFields = { name: string; scopes?: string[] | undefined; expires_in_days: number | null };

/** The fields of `keyRequest`, as the use case takes them. */
export const readKeyFields = ({ name, scopes, expires_in_days: expiresInDays }: KeyFields) => ({
  name,
  scopes,
  expiresInDays,
});

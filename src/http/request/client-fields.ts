import { z } from '@hono/zod-openapi';
import { isClientId } from '../../domain/oauth/client-id.ts';
import { faultOfScopes } from '../../domain/oauth/client-scopes.ts';
import { text } from './json-body.ts';
import { name } from './name.ts';

const MAX_KEYS = 8;

const clientName = name.openapi({ example: 'Invoicing' });

const clientId = text
  .refine(isClientId, {
    error: 'Must have 1 to 64 letters, digits, _ . and -, and be no UUID. first-party and api-key are taken.',
  })
  .openapi({ type: 'string', example: 'invoicing' });

const scopes = z
  .array(z.string({ error: 'Must be a string.' }), { error: 'Must be a list of scopes.' })
  .check(({ value, issues }) => {
    const fault = faultOfScopes(value);
    if (fault !== undefined) issues.push({ code: 'custom', message: fault, input: undefined });
  })
  .openapi({ example: ['invoices:read'] });

const key = z.record(z.string(), z.unknown(), { error: 'Must be an object.' }).openapi('SentKey');

const sizeOfSet = `Must have 1 to ${MAX_KEYS} keys.`;

const keys = z
  .array(key, { error: 'Must be a list of keys.' })
  .min(1, { error: sizeOfSet })
  .max(MAX_KEYS, { error: sizeOfSet });

/** A JWKS (RFC 7517, section 5). The use case checks each key. */
const jwks = z.object({ keys }, { error: 'Must be an object.' }).openapi('SentKeys');

/** The fields of a new client. */
export const newClientFields = {
  name: clientName,
  client_id: clientId.optional(),
  scopes: scopes.optional(),
  jwks: jwks.optional(),
};

/** The fields of a client that can change, each optional. */
export const clientFields = {
  name: clientName.optional(),
  scopes: scopes.optional(),
  jwks: z.union([jwks, z.null()], { error: `Must be null, or an object with 1 to ${MAX_KEYS} keys.` }).optional(),
  disabled: z.boolean({ error: 'Must be true or false.' }).optional(),
};

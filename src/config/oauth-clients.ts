import { z } from 'zod';
import { CLIENT_ID } from '../crypto/bounds.ts';
import { splitList, splitPair, text } from './fields.ts';

/** Clients with the SHA-256 of their secrets. A client whose secret is being replaced appears twice. */
const clients = text
  .transform((list) => splitList(list).map(splitPair))
  .transform((pairs) => pairs.map(({ id, value: secretHash }) => ({ id, secretHash })))
  .refine((list) => list.every(({ id, secretHash }) => CLIENT_ID.test(id) && /^[\w-]{43}$/.test(secretHash)), {
    error: 'must be id:hash as npm run client prints it; several with commas',
  });

/** Who may call the OAuth endpoints that ask for a client: introspection and revocation. */
export const oauthClients = z
  .object({ OAUTH_CLIENTS: clients.default([]) })
  .transform((env) => ({ oauthClients: env.OAUTH_CLIENTS }));

import { z } from '@hono/zod-openapi';
import type { createClient } from '../../domain/oauth/create-client.ts';
import { publicKeysOf } from '../../domain/oauth/managed-client.ts';

type StoredClient = Awaited<ReturnType<typeof createClient>>['client'];

const time = z.iso.datetime();

const member = z.string().optional();

/** A public key, with the members of its kind (RFC 7518, section 6). */
const key = z
  .object({
    kid: z.string(),
    kty: z.enum(['EC', 'OKP', 'RSA']),
    alg: z.enum(['ES256', 'EdDSA', 'RS256']),
    use: z.literal('sig'),
    crv: member,
    x: member,
    y: member,
    n: member,
    e: member,
  })
  .openapi('ClientKey');

const jwks = z.object({ keys: z.array(key) }).openapi('ClientKeys');

/** A client, as an administrator gets it. Nothing in it can be used as a secret. */
export const client = z
  .object({
    client_id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    jwks: z.union([jwks, z.null()]),
    secrets: z.array(z.object({ secret_id: z.string(), created_on: time }).openapi('ClientSecret')),
    created_on: time,
    disabled_on: time.nullable(),
    last_used_on: time.nullable(),
    last_refused_on: time.nullable(),
  })
  .openapi('Client');

/** A client, as `client` declares it. */
export const shapeClient = ({ id, name, scopes, ...stored }: StoredClient) => ({
  client_id: id,
  name,
  scopes,
  jwks: shapeJwks(stored),
  secrets: stored.secrets.map((secret) => ({
    secret_id: secret.id,
    created_on: new Date(secret.createdAt).toISOString(),
  })),
  created_on: stored.createdAt.toISOString(),
  disabled_on: stored.disabledAt?.toISOString() ?? null,
  last_used_on: stored.lastUsedAt?.toISOString() ?? null,
  last_refused_on: stored.lastRefusedAt?.toISOString() ?? null,
});

function shapeJwks(stored: Pick<StoredClient, 'jwks'>) {
  const keys = publicKeysOf(stored);
  return keys === undefined ? null : { keys };
}

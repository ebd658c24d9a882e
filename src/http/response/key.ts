import { z } from '@hono/zod-openapi';
import type { CreatedKey } from '../../domain/key/create-key.ts';
import type { listKeys } from '../../domain/key/list-keys.ts';
import { shapeMessage } from './json.ts';

const time = z.iso.datetime();

/** An API key, as its owner and administrators get it. */
export const apiKey = z
  .object({
    key_id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    created_on: time,
    expires_on: time.nullable(),
    last_used_on: time.nullable(),
  })
  .openapi('ApiKey');

const status = z.literal('success');

/** The body of a response with a new key. */
export const keyResponse = z
  .object({ status, message: z.string(), key: z.string(), data: apiKey })
  .openapi('ApiKeyCreated');

/** The body of a response with a page of keys. */
export const keysResponse = z
  .object({ status, data: z.array(apiKey), next: z.string().nullable() })
  .openapi('ApiKeysResponse');

type KeyPage = Awaited<ReturnType<typeof listKeys>>;

/** A key, as `apiKey` declares it. */
export const shapeKey = (listed: KeyPage['items'][number]): z.infer<typeof apiKey> => ({
  key_id: listed.id,
  name: listed.name,
  scopes: listed.scopes,
  created_on: listed.createdAt.toISOString(),
  expires_on: listed.expiresAt?.toISOString() ?? null,
  last_used_on: listed.lastUsedAt?.toISOString() ?? null,
});

/** A new key, as `keyResponse` declares it. */
export const shapeCreatedKey = ({ key, listed }: CreatedKey) => ({
  ...shapeMessage('Key created.'),
  key,
  data: shapeKey(listed),
});

/** A page of keys, as `keysResponse` declares it. */
export const shapeKeys = ({ items, next }: KeyPage) => ({
  status: 'success' as const,
  data: items.map(shapeKey),
  next: next ?? null,
});

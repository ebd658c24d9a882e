import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { Refusal } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

/** Response headers by name. A value of the usual ones replaces it. */
type Headers = Record<string, string>;

/** The responses of a route that sends the asset in `content`, as it declares them beside `not_found`. */
export function assetResponses<const C extends Record<string, { schema: z.ZodType }>>(content: C) {
  const unchanged = 'The file still has the ETag that the caller sent.';
  return { 200: { content, description: 'The file.' }, 304: { description: unchanged } };
}

/**
 * Responds with the static asset `file`, a name in the folder `assets`, or with 304 if its ETag is the caller's.
 * Refuses with `not_found` when the Worker has no such asset, or no assets at all.
 */
export async function sendAsset(c: Context<AppEnv>, file: string, headers: Headers): Promise<Response> {
  const assets: Fetcher | undefined = c.env.ASSETS;
  const etag = c.req.header('If-None-Match');
  const found = await assets?.fetch(new URL(`/${file}`, c.req.url), { headers: etag ? { 'If-None-Match': etag } : {} });
  if (found?.status !== 200 && found?.status !== 304) throw new Refusal('not_found', { reason: `no asset ${file}` });
  const kept = ['Content-Type', 'ETag'].map((name) => [name, found.headers.get(name)] as const);
  for (const [name, value] of [...kept, ...Object.entries(headers)]) if (value !== null) c.header(name, value);
  if (found.status === 304 || found.body === null) return c.body(null, found.status);
  return c.body(found.body, 200);
}

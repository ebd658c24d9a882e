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
 * Responds with the static asset `file`, a name in the folder `assets`, or with 304 if the caller has it already.
 * Refuses with `not_found` when the Worker has no such asset, or no assets at all.
 */
export async function sendAsset(c: Context<AppEnv>, file: string, headers: Headers): Promise<Response> {
  const assets: Fetcher | undefined = c.env.ASSETS;
  const found = await assets?.fetch(new URL(`/${file}`, c.req.url));
  if (found?.status !== 200) throw new Refusal('not_found', { reason: `no asset ${file}` });
  const etag = found.headers.get('ETag') ?? '';
  for (const [name, value] of Object.entries({ ...headers, ETag: etag })) c.header(name, value);
  if (isNamed(etag, c.req.header('If-None-Match'))) {
    await found.body?.cancel();
    return c.body(null, 304);
  }
  c.header('Content-Type', found.headers.get('Content-Type') ?? 'application/octet-stream');
  return c.newResponse(found.body, 200);
}

/**
 * Whether `condition`, an `If-None-Match`, names `etag`, as a weak comparison finds it (RFC 9110, sections 8.8.3.2 and
 * 13.1.2). The binding's own comparison takes neither a list nor `*`.
 */
function isNamed(etag: string, condition = ''): boolean {
  const strong = (tag: string) => tag.trim().replace(/^W\//, '');
  return condition.trim() === '*' || condition.split(',').some((tag) => tag !== '' && strong(tag) === strong(etag));
}

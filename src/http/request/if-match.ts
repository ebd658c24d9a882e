import type { Context } from 'hono';

/**
 * The entity tags of the header If-Match (RFC 9110, section 13.1.1). `undefined` without the header, and for `*`, which
 * every user matches. A weak tag counts as its strong one: Cloudflare makes tags weak when it compresses a response.
 */
export function readTags(c: Context): string[] | undefined {
  const header = c.req.header('If-Match')?.trim();
  if (header === undefined || header === '*') return undefined;
  const tags = header.split(',').map((tag) => /^(?:W\/)?"([\x21\x23-\x7e]*)"$/.exec(tag.trim())?.[1]);
  return tags.filter((tag) => tag !== undefined);
}

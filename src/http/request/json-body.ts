import type { Context } from 'hono';
import { readText, replaceBody } from './body.ts';

const TYPE = 'application/json';

/**
 * Refuses a body of another type than `application/json`, or with a content coding, with `unsupported_media_type` (RFC 9110,
 * section 15.5.16). Refuses one that is not UTF-8 with `malformed_json` (RFC 8259, section 8.1): a lenient decoder could make
 * two different passwords the same.
 */
export async function checkJsonBody(c: Context): Promise<void> {
  const text = await readText(c, TYPE, { otherType: 'unsupported_media_type', notUtf8: 'malformed_json' });
  if (c.req.header('Content-Type') !== undefined) replaceBody(c, TYPE, text);
}

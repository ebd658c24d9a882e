import type { Context } from 'hono';
import { readText, replaceBody } from './body.ts';

const TYPE = 'application/json';

/**
 * Refuses a body that is announced as anything but `application/json`, or as compressed (`unsupported_media_type`; RFC
 * 9110, section 15.5.16), and one that is not UTF-8 (`malformed_json`; RFC 8259, section 8.1): read leniently, two different
 * passwords could come out the same.
 */
export async function checkJsonBody(c: Context): Promise<void> {
  const text = await readText(c, TYPE, { otherType: 'unsupported_media_type', notUtf8: 'malformed_json' });
  if (c.req.header('Content-Type') !== undefined) replaceBody(c, TYPE, text);
}

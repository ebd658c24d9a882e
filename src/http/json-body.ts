import type { Context } from 'hono';
import { Refusal } from '../errors.ts';

/**
 * Refuses a body that is announced as anything but `application/json`, or as compressed (`unsupported_media_type`; RFC
 * 9110, section 15.5.16), and one that is not UTF-8 (`malformed_json`; RFC 8259, section 8.1): read leniently, two different
 * passwords could come out the same.
 */
export async function checkJsonBody(c: Context): Promise<void> {
  const type = c.req.header('Content-Type');
  const essence = type?.split(';')[0]?.trim().toLowerCase();
  const isOtherType = essence !== undefined && essence !== 'application/json';
  if (isOtherType || c.req.header('Content-Encoding')) throw new Refusal('unsupported_media_type');
  const bytes = await c.req.arrayBuffer();
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new Refusal('malformed_json', { reason: 'not UTF-8', cause });
  }
}

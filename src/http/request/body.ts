import type { Context } from 'hono';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { parseMediaType } from './media-type.ts';

/** What to refuse a body of another type or coding with, and one that is not UTF-8. */
type Refusals = { otherType: RefusalCode; notUtf8: RefusalCode };

/**
 * The text of a body of the media type `type`, UTF-8 whatever its `charset` says: what else a charset could mean is not valid
 * UTF-8, or means the same. A body without a type is refused as one of another, an empty one is not.
 */
export async function readText(c: Context, type: string, { otherType, notUtf8 }: Refusals): Promise<string> {
  const header = c.req.header('Content-Type');
  const isOther = header !== undefined && parseMediaType(header) !== type;
  if (isOther || c.req.header('Content-Encoding')) throw new Refusal(otherType);
  const bytes = await c.req.arrayBuffer();
  if (header === undefined && bytes.byteLength > 0) throw new Refusal(otherType);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new Refusal(notUtf8, { reason: 'not UTF-8', cause });
  }
}

/**
 * Puts `text` in the place of the body, and `type` alone in that of its content type. What validates a body later
 * (`@hono/zod-openapi`) knows fewer ways to write a content type than there are.
 */
export function replaceBody({ req }: Context, type: string, text: string): void {
  const headers = new Headers(req.raw.headers);
  headers.set('Content-Type', type);
  req.raw = new Request(req.raw, { method: req.method, headers, body: text });
  req.bodyCache = {};
}

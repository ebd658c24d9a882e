import type { Context } from 'hono';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { parseMediaType } from './media-type.ts';

const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded'] as const;

/** The media types that a route can take. */
export type BodyType = (typeof BODY_TYPES)[number];

export const isBodyType = (type: string): type is BodyType => BODY_TYPES.some((known) => known === type);

/** The codes for a body of another type or with a content coding, and for one that is not UTF-8. */
type Refusals = { otherType: RefusalCode; notUtf8: RefusalCode };

/**
 * The text of a body of the media type `type`. Decodes it as UTF-8 whatever its `charset` says. Refuses a body without
 * a type, unless it is empty.
 */
export async function readText(c: Context, type: BodyType, { otherType, notUtf8 }: Refusals): Promise<string> {
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
 * Replaces the body with `text`, and the content type with the bare `type`. The validators of `@hono/zod-openapi` do
 * not know every way to write a content type.
 */
export function replaceBody({ req }: Context, type: BodyType, text: string): void {
  const headers = new Headers(req.raw.headers);
  headers.set('Content-Type', type);
  req.raw = new Request(req.raw, { method: req.method, headers, body: text });
  req.bodyCache = {};
}

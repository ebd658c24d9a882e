import type { Context } from 'hono';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { parseMediaType } from './media-type.ts';

const MAX_BODY_BYTES = 16 * 1024;

const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded'] as const;

/** The media types that a route can take. */
export type BodyType = (typeof BODY_TYPES)[number];

export const isBodyType = (type: string): type is BodyType => BODY_TYPES.some((known) => known === type);

/** The codes for a body of another type or with a content coding, and for one that is not UTF-8. */
type Refusals = { otherType: RefusalCode; notUtf8: RefusalCode };

/**
 * The body of the request, 16 KiB at most. Refuses a longer one with `body_too_large`, at once when Content-Length says
 * so, and one that breaks off with `malformed_json`. Only a route that takes a body calls this: a proxy may announce a
 * body and never send it.
 */
export async function readBytes({ req }: Context): Promise<ArrayBuffer> {
  // Hono keeps promises of what it has read here, and reads everything else from them.
  if (!('arrayBuffer' in req.bodyCache)) Object.assign(req.bodyCache, { arrayBuffer: readLimited(req.raw) });
  return req.arrayBuffer();
}

async function readLimited(request: Request): Promise<ArrayBuffer> {
  // Without the header, this is NaN: neither more nor less than the limit.
  const announced = Number(request.headers.get('Content-Length') ?? Number.NaN);
  if (announced > MAX_BODY_BYTES) throw new Refusal('body_too_large');
  try {
    // HTTP holds a body to its Content-Length, so this reads no more.
    const bytes = announced <= MAX_BODY_BYTES ? await request.arrayBuffer() : await readChunks(request);
    if (bytes.byteLength <= MAX_BODY_BYTES) return bytes;
  } catch (cause) {
    throw new Refusal('malformed_json', { reason: 'the body broke off', cause });
  }
  throw new Refusal('body_too_large');
}

/** The first chunks of a body of unknown length, until they are too long. */
async function readChunks({ body }: Request): Promise<ArrayBuffer> {
  const stream: ReadableStream<Uint8Array> | null = body;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream ?? []) {
    length += chunk.byteLength;
    chunks.push(chunk);
    if (length > MAX_BODY_BYTES) break;
  }
  return new Blob(chunks).arrayBuffer();
}

/**
 * The text of a body of the media type `type`. Decodes it as UTF-8 whatever its `charset` says. Refuses a body without
 * a type, unless it is empty.
 */
export async function readText(c: Context, type: BodyType, { otherType, notUtf8 }: Refusals): Promise<string> {
  const header = c.req.header('Content-Type');
  const isOther = header !== undefined && parseMediaType(header) !== type;
  if (isOther || c.req.header('Content-Encoding')) throw new Refusal(otherType);
  const bytes = await readBytes(c);
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
  req.bodyCache = {};
  Object.assign(req.bodyCache, { text: Promise.resolve(text) });
  if (req.header('Content-Type') === type) return;
  const headers = new Headers(req.raw.headers);
  headers.set('Content-Type', type);
  req.raw = new Request(req.raw, { method: req.method, headers, body: text });
}

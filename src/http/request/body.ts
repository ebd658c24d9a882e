import type { Context } from 'hono';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { parseMediaType } from './media-type.ts';

const KIB = 1024;

/** The media types that a route can take, how long a body of each may be, and the refusal of a longer one. */
const BODY_TYPES = {
  'application/json': { maxBytes: 16 * KIB, tooLarge: 'body_too_large' },
  'application/x-www-form-urlencoded': { maxBytes: 16 * KIB, tooLarge: 'body_too_large' },
  'application/x-ndjson': { maxBytes: 1024 * KIB, tooLarge: 'import_too_large' },
} as const;

/** A media type that a route can take. */
export type BodyType = keyof typeof BODY_TYPES;

export const isBodyType = (type: string): type is BodyType => Object.hasOwn(BODY_TYPES, type);

/** The refusal of a body of `type` that is too long. */
export const tooLargeOf = (type: BodyType): RefusalCode => BODY_TYPES[type].tooLarge;

/** The codes for a body of another type or with a content coding, and for one that is not UTF-8. */
type Refusals = { otherType: RefusalCode; notUtf8: RefusalCode };

/**
 * The body of the request, which is of the media type `type` or empty. Refuses one that is too long as `tooLargeOf` says,
 * at once if Content-Length says so, and one that breaks off with `malformed_json`. Only a route that takes a body calls
 * this: a proxy may announce a body and never send it.
 */
export async function readBytes({ req }: Context, type: BodyType): Promise<ArrayBuffer> {
  // Hono keeps promises of what it has read here, and reads everything else from them.
  if (!('arrayBuffer' in req.bodyCache))
    Object.assign(req.bodyCache, { arrayBuffer: readLimited(req.raw, BODY_TYPES[type]) });
  return req.arrayBuffer();
}

async function readLimited(
  request: Request,
  { maxBytes, tooLarge }: (typeof BODY_TYPES)[BodyType],
): Promise<ArrayBuffer> {
  // Without the header, this is NaN: neither more nor less than the limit.
  const announced = Number(request.headers.get('Content-Length') ?? Number.NaN);
  if (announced > maxBytes) throw new Refusal(tooLarge);
  try {
    // HTTP holds a body to its Content-Length, so this reads no more.
    const bytes = announced <= maxBytes ? await request.arrayBuffer() : await readChunks(request, maxBytes);
    if (bytes.byteLength <= maxBytes) return bytes;
  } catch (cause) {
    throw new Refusal('malformed_json', { reason: 'the body broke off', cause });
  }
  throw new Refusal(tooLarge);
}

/** The first chunks of a body of unknown length, until they are too long. */
async function readChunks({ body }: Request, maxBytes: number): Promise<ArrayBuffer> {
  const stream: ReadableStream<Uint8Array> | null = body;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream ?? []) {
    length += chunk.byteLength;
    chunks.push(chunk);
    if (length > maxBytes) break;
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
  const bytes = await readBytes(c, type);
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

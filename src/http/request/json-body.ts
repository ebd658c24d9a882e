import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { readText, replaceBody } from './body.ts';

const TYPE = 'application/json';

/** A field that has to be there, and a string. */
export const text = z.string({ error: ({ input }) => (input === undefined ? 'Is missing.' : 'Must be a string.') });

/** An object with the fields of `shape`. */
export function objectOf<const S extends z.ZodRawShape>(shape: S) {
  return z.object(shape, { error: 'Must be an object.' });
}

/** A request with such an object as its body in JSON, as a route declares it. */
export function jsonRequest<const S extends z.ZodRawShape>(shape: S) {
  return { body: { content: { [TYPE]: { schema: objectOf(shape) } }, required: true } } as const;
}

/**
 * Refuses a body of another type than `application/json`, or with a content coding, with `unsupported_media_type` (RFC 9110,
 * section 15.5.16). Refuses one that is not UTF-8 with `malformed_json` (RFC 8259, section 8.1): a lenient decoder could make
 * two different passwords the same.
 */
export async function checkJsonBody(c: Context): Promise<void> {
  const body = await readText(c, TYPE, { otherType: 'unsupported_media_type', notUtf8: 'malformed_json' });
  if (c.req.header('Content-Type') !== undefined) replaceBody(c, TYPE, body);
}

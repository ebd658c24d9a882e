import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { Refusal } from '../../errors.ts';
import { readText, replaceBody } from './body.ts';

const TYPE = 'application/json';

/** A required string. Its messages say what is wrong, and never repeat the value. */
export const text = z.string({ error: ({ input }) => (input === undefined ? 'Is missing.' : 'Must be a string.') });

/** The schema of an object with the fields of `shape`. */
export function objectOf<const S extends z.ZodRawShape>(shape: S) {
  return z.object(shape, { error: 'Must be an object.' });
}

/** The request of a route that takes a JSON body with the fields of `shape`. */
export function jsonRequest<const S extends z.ZodRawShape>(shape: S) {
  return { body: { content: { [TYPE]: { schema: objectOf(shape) } }, required: true } } as const;
}

/**
 * Refuses a body of another type than `application/json`, or with a content coding, with `unsupported_media_type` (RFC
 * 9110, section 15.5.16). Refuses one that is not UTF-8 with `malformed_json` (RFC 8259, section 8.1): a lenient
 * decoder could make two different passwords the same. Returns the text. Without a type there is no body, which counts
 * as an empty object.
 */
export async function checkJsonBody(c: Context): Promise<string> {
  const body = await readText(c, TYPE, { otherType: 'unsupported_media_type', notUtf8: 'malformed_json' });
  if (c.req.header('Content-Type') === undefined) return '{}';
  replaceBody(c, TYPE, body);
  return body;
}

/** The value of `text`. Refuses with `malformed_json`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('malformed_json', { cause });
  }
}

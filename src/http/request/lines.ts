import type { Context } from 'hono';
import { readText } from './body.ts';

const TYPE = 'application/x-ndjson';

/**
 * The lines of a body of the type `application/x-ndjson`, without empty ones, each with its number. They end with LF or
 * CRLF. Refuses as `checkJsonBody` does.
 */
export async function readLines(c: Context): Promise<{ line: number; text: string }[]> {
  const body = await readText(c, TYPE, { otherType: 'unsupported_media_type', notUtf8: 'malformed_json' });
  const lines = body.split('\n').map((text, index) => ({ line: index + 1, text: text.trim() }));
  return lines.filter(({ text }) => text !== '');
}

import type { Context } from 'hono';
import { readText } from './body.ts';

const TYPE = 'application/x-ndjson';

/**
 * The lines of a body of the type `application/x-ndjson`, without empty ones, each with its number. They end with LF or
 * CRLF. Refuses a body of another type, or with a content coding, with `ndjson_expected`, one that is not UTF-8 with
 * `malformed_json`, and a longer one with `import_too_large`.
 */
export async function readLines(c: Context): Promise<{ line: number; text: string }[]> {
  const body = await readText(c, TYPE, { otherType: 'ndjson_expected', notUtf8: 'malformed_json' });
  const lines = body.split('\n').map((text, index) => ({ line: index + 1, text: text.trim() }));
  return lines.filter(({ text }) => text !== '');
}

import type { Context } from 'hono';
import { readText } from './body.ts';

const TYPE = 'application/x-ndjson';

/**
 * The body of the type `application/x-ndjson`. Refuses a body of another type, or with a content coding, with
 * `ndjson_expected`, one that is not UTF-8 with `malformed_json`, and a longer one with `import_too_large`.
 */
export async function readLinesText(c: Context): Promise<string> {
  return readText(c, TYPE, { otherType: 'ndjson_expected', notUtf8: 'malformed_json' });
}

/**
 * The lines of `body` that are not empty, each with its number. They end with LF or CRLF. Reads no further than `most`
 * lines and one.
 */
export function splitLines(body: string, most: number): { line: number; text: string }[] {
  const lines: { line: number; text: string }[] = [];
  let line = 1;
  let end = 0;
  for (const { 0: written, index } of body.matchAll(/[^\n]+/g)) {
    // Between two matches there are only ends of lines.
    line += index - end;
    end = index + written.length;
    const text = written.trim();
    if (text !== '') lines.push({ line, text });
    if (lines.length > most) break;
  }
  return lines;
}

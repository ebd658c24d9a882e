import { CUT_OFF, type Item, TOO_LONG } from '../item.ts';
import { takeLine } from '../lines.ts';
import { takeList } from './create-table.ts';
import type { Parser } from './parser.ts';
import { recordOf } from './row.ts';

/**
 * The rows of a COPY of pg_dump whose name was just read: lines of values with tabs between them, up to one with `\.`
 * (PostgreSQL, "COPY", text format). Without a `table`, they are passed over.
 */
export async function* readCopy(parser: Parser, table: string | undefined): AsyncGenerator<Item> {
  const columns = await takeList(parser);
  const isInline = await parser.skipTo('STDIN');
  await parser.skipStatement();
  if (!isInline) return;
  const { window } = parser;
  await takeLine(window);
  for (;;) {
    const line = await takeLine(window);
    if (line?.text === '\\.') return;
    const place = `line ${line?.number ?? window.line}`;
    if (line?.isEnded !== true) {
      if (table !== undefined) yield { place, fault: CUT_OFF };
      return;
    }
    if (table === undefined) continue;
    if (line.text === undefined) yield { place, fault: TOO_LONG };
    else yield { place, table, ...recordOf(columns, line.text.split('\t').map(decode)) };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function decode(value: string): string | null {
  if (value === '\\N') return null;
  if (!value.includes('\\')) return value;
  return value.replaceAll(/\\([0-7]{1,3}|x[\da-fA-F]{1,2}|[^])/g, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ESCAPES[code] ?? code;
  });
}

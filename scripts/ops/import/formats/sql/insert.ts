import { CUT_OFF, type Item } from '../item.ts';
import { takeList } from './create-table.ts';
import type { Parser } from './parser.ts';
import { recordOf } from './row.ts';
import type { Token } from './tokens.ts';

/** The rows of an INSERT whose name was just read. `known` are the columns, where the INSERT does not name them. */
export async function* readInsert(parser: Parser, table: string, known: string[] | undefined): AsyncGenerator<Item> {
  const { window } = parser;
  const columns = (await takeList(parser)) ?? known;
  if (!(await parser.skipTo('VALUES'))) return parser.skipStatement();
  let line = 0;
  let row = 1;
  for (;;) {
    const { value } = await parser.take();
    if (value === ',') continue;
    if (value !== '(') return value === ';' ? undefined : parser.skipStatement();
    row = window.line === line ? row + 1 : 1;
    line = window.line;
    // mysqldump writes thousands of rows in a line.
    const place = `line ${line}${row === 1 ? '' : `, row ${row}`}`;
    const values = await takeValues(parser);
    if (values === undefined) return void (yield { place, fault: CUT_OFF });
    yield { place, table, ...recordOf(columns, values) };
  }
}

/** The values up to the closing bracket; `undefined` when there is none. */
async function takeValues(parser: Parser): Promise<unknown[] | undefined> {
  const values: unknown[] = [];
  let tokens: Token[] = [];
  let depth = 0;
  for (;;) {
    const token = await parser.take();
    const sign = token.kind === 'sign' ? token.value : undefined;
    if (token.kind === 'end') return undefined;
    const isEnd = depth === 0 && sign === ')';
    if (isEnd || (depth === 0 && sign === ',')) {
      values.push(valueOf(tokens));
      tokens = [];
      if (isEnd) return values;
    } else {
      depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
      // No literal has more tokens.
      if (tokens.length < 10) tokens.push(token);
    }
  }
}

/** A text or null. An object for an expression, and for a text that is too long. */
function valueOf(tokens: Token[]): unknown {
  const [first, second] = tokens;
  const isMarked = first?.kind === 'word' && first.value?.startsWith('_') === true && second?.kind === 'text';
  const text = isMarked ? second : first;
  const rest = tokens.slice(isMarked ? 2 : 1);
  // `'…'::bytea`
  if (text?.kind === 'text') return rest.length === 0 || rest[0]?.value === ':' ? (text.value ?? {}) : {};
  if (tokens.some(({ kind, value }) => kind === 'text' || kind === 'name' || value === '(')) return {};
  const word = tokens.map(({ value }) => value).join('');
  if (/^null$/i.test(word)) return null;
  return /^0x[\da-f]+$/i.test(word) ? `\\${word.slice(1)}` : word;
}

import type { Parser } from './parser.ts';

/** What begins a line of CREATE TABLE that is no column. */
const CONSTRAINTS = /^(primary|unique|constraint|check|foreign|key|index|exclude|like|fulltext|spatial)$/i;

/** The names of the columns, and uses the rest of the CREATE TABLE whose name was just read. */
export async function readColumns(parser: Parser): Promise<string[]> {
  const columns: string[] = [];
  let depth = 0;
  let isFirst = false;
  for (;;) {
    const { kind, value = '' } = await parser.peek();
    if (kind === 'end' || (kind === 'sign' && value === ';')) return columns;
    await parser.take();
    if (kind === 'sign') {
      depth += value === '(' ? 1 : value === ')' ? -1 : 0;
      isFirst = depth === 1 && (value === '(' || value === ',');
      continue;
    }
    if (isFirst && !(kind === 'word' && CONSTRAINTS.test(value))) columns.push(value);
    isFirst = false;
  }
}

/** The names in the brackets that come next; `undefined` when none do. */
export async function takeList(parser: Parser): Promise<string[] | undefined> {
  const first = await parser.peek();
  if (first.kind !== 'sign' || first.value !== '(') return undefined;
  await parser.take();
  const names: string[] = [];
  for (;;) {
    const { kind, value = '' } = await parser.take();
    if (kind === 'word' || kind === 'name') names.push(value);
    else if (value !== ',') return names;
  }
}

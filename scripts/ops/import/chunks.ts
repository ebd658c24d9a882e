import type { Row } from './read-users.ts';

/** As the service takes them in one call. The limit of bytes is below its 1 MiB. */
const MAX_ROWS = 500;
const MAX_BYTES = 1_000_000;
/** Nothing real is nested as deep. JSON that is much deeper fills the stack of whatever writes it. */
const MAX_DEPTH = 1000;

/** A row with the line that is sent for it, if one is. */
export type Prepared = Row & { json?: string };

/** `rows` in pieces of which each fits into one call. */
export async function* toChunks(rows: AsyncIterable<Row>): AsyncGenerator<Prepared[]> {
  let chunk: Prepared[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const prepared = prepare(row);
    const size = prepared.json === undefined ? 0 : Buffer.byteLength(prepared.json) + 1;
    if (chunk.length === MAX_ROWS || bytes + size > MAX_BYTES) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(prepared);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

function prepare(row: Row): Prepared {
  if ('fault' in row) return row;
  const { line } = row.user;
  if (isDeeper(line, MAX_DEPTH)) return { place: row.place, fault: 'This is nested too deeply.' };
  return { ...row, json: JSON.stringify(line) };
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

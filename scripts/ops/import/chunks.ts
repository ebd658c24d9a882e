import type { Row } from './read-users.ts';

/** As the service takes them in one call. The limit of bytes is below its 1 MiB. */
const MAX_ROWS = 500;
const MAX_BYTES = 1_000_000;

/** A row with the line that is sent for it, if one is. */
export type Prepared = Row & { json?: string };

/** `rows` in pieces of which each fits into one call. */
export async function* toChunks(rows: AsyncIterable<Row>): AsyncGenerator<Prepared[]> {
  let chunk: Prepared[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const json = 'user' in row ? JSON.stringify(row.user.line) : undefined;
    const size = json === undefined ? 0 : Buffer.byteLength(json) + 1;
    if (chunk.length === MAX_ROWS || bytes + size > MAX_BYTES) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(json === undefined ? row : { ...row, json });
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

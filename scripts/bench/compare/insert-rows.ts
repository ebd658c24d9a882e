/** Rows of one statement. A value that a statement binds may have 2 MB. */
const CHUNK = 2000;

/** Inserts `rows` into `table`, a few thousand in a statement. Every row has the columns of the first. */
export async function insertRows(
  database: D1Database,
  table: string,
  rows: Record<string, string | number | null>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const values = columns.map((column) => `value ->> '$.${column}'`);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?)`;
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    await database.prepare(sql).bind(JSON.stringify(chunk)).run();
  }
}

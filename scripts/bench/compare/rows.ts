/** Inserts `rows` into `table`, all in one statement. Every row has the columns of the first. */
export async function insertRows(
  database: D1Database,
  table: string,
  rows: Record<string, string | number | null>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const values = columns.map((column) => `value ->> '$.${column}'`);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?)`;
  await database.prepare(sql).bind(JSON.stringify(rows)).run();
}

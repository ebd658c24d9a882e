/** How SQLite finds the rows of a statement. `scans` are the steps that read a whole table. */
export type Plan = { sql: string; steps: string[]; scans: string[] };

/** SQLite also scans what a statement has bound or selected itself: constants, and these common table expressions. */
const tableScan = /^SCAN (?!limits$|concerned$|weighed$|\d+ CONSTANT ROWS?$)/;

/** Those of `steps` that read a whole table or index. */
export function findScans(steps: string[]): string[] {
  return steps.filter((step) => tableScan.test(step));
}

/** The plan of each statement in `database`. */
export async function explain(database: D1Database, statements: Iterable<string>): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const sql of statements) {
    const values = Array.from(sql.matchAll(/\?/g), () => null);
    const explained = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...values);
    const { results } = await explained.all<{ detail: string }>();
    const steps = results.map(({ detail }) => detail);
    plans.push({ sql, steps, scans: findScans(steps) });
  }
  return plans;
}

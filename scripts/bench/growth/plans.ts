/** How SQLite finds the rows of a statement. `scans` are the steps that read a whole table. */
export type Plan = { sql: string; steps: string[]; scans: string[] };

/**
 * Those of `steps`, a plan, that read a whole table or index. Rows that the statement has bound or selected itself are
 * no table: the plan says that it makes them.
 */
export function findScans(steps: string[]): string[] {
  const made = new Set(steps.map((step) => /^(?:MATERIALIZE|CO-ROUTINE) (\S+)/.exec(step)?.[1]));
  return steps.filter((step) => {
    const [, scanned] = /^SCAN (\S+)/.exec(step) ?? [];
    return scanned !== undefined && !made.has(scanned) && !/^SCAN \d+ CONSTANT ROWS?$/.test(step);
  });
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

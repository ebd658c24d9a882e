import { findScans } from './scans.ts';

/** How SQLite finds the rows of a statement. `scans` are the steps that read a whole table. */
export type Plan = { sql: string; steps: string[]; scans: string[] };

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

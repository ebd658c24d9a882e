/** An index of few rows: those of administrators; and one whose rows are to be counted, all of them. */
const FEW = / USING (?:COVERING )?INDEX users_(?:admin|legacy)\b/;

/**
 * Those of `steps`, a plan, that read a whole table or a large index. Rows that the statement has bound or
 * selected itself are no table: the plan says that it makes them. Nor is JSON, which is a virtual one.
 */
export function findScans(steps: string[]): string[] {
  const made = new Set(steps.map((step) => /^(?:MATERIALIZE|CO-ROUTINE) (\S+)/.exec(step)?.[1]));
  return steps.filter((step) => {
    const [, scanned] = /^SCAN (\S+)/.exec(step) ?? [];
    const isOfTable = scanned !== undefined && !made.has(scanned);
    return isOfTable && !/^SCAN (\d+ )?CONSTANT ROWS?$| VIRTUAL TABLE /.test(step) && !FEW.test(step);
  });
}

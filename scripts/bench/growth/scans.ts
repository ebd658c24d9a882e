/**
 * Those of `steps`, a plan, that read a whole table or index. Rows that the statement has bound or selected itself are
 * no table: the plan says that it makes them.
 */
export function findScans(steps: string[]): string[] {
  const made = new Set(steps.map((step) => /^(?:MATERIALIZE|CO-ROUTINE) (\S+)/.exec(step)?.[1]));
  return steps.filter((step) => {
    const [, scanned] = /^SCAN (\S+)/.exec(step) ?? [];
    return scanned !== undefined && !made.has(scanned) && !/^SCAN (\d+ )?CONSTANT ROWS?$/.test(step);
  });
}

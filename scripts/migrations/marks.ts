/** When a migration runs: before the new code is deployed, or after it. */
export type Moment = 'before' | 'after';

/** The comments at the top of a file. `--> statement-breakpoint` is drizzle-kit's, and ends them. */
const TOP = /^(?:--(?!>).*(?:\r?\n|$))*/;

const LOSES = /^-- loses: *(.+?) *\r?$/m;
const RUN = /^-- run: (before|after) the code *\r?$/gm;

/** Whatever looks like the mark `-- run:`, wherever it is, also behind a byte order mark, after SQL, or misspelt. */
const ANY_RUN = /^(?:.*--[ \t]*runs?\b|.*(?:--|\/\*).*\b(?:before|after) the code\b).*$/gim;

/** What the comments at the top of a migration say. */
export type Marks = {
  /** The tables and columns (`table.column`) that it loses on purpose. */
  loses: string[];
  /** Without a mark, a migration runs before the code. */
  runs: Moment;
  /** What is wrong with the marks; continues a sentence that begins with the name of the file. */
  problem: string | undefined;
};

/** Reads the marks of the migration `sql`: `-- loses: TABLE, TABLE.COLUMN` and `-- run: after the code`. */
export function readMarks(sql: string): Marks {
  const top = TOP.exec(sql)?.[0] ?? '';
  const runs = Array.from(top.matchAll(RUN), ([, moment]) => moment);
  const isClear = runs.length <= 1 && Array.from(sql.matchAll(ANY_RUN)).length === runs.length;
  return {
    loses: LOSES.exec(top)?.[1]?.split(/ *, */) ?? [],
    runs: runs[0] === 'after' ? 'after' : 'before',
    problem: isClear
      ? undefined
      : 'does not say clearly when it runs: write one line, "-- run: before the code" or "-- run: after the code", in the comments at its top',
  };
}

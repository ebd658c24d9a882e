/** A small edit of `file` that breaks the service, and the test files, one of which must fail. */
export type Mutant = {
  /** What the service does wrong after the edit. */
  breaks: string;
  file: string;
  /** The exact text to replace. It occurs once in `file`. */
  find: string;
  replace: string;
  tests: string[];
};

type Edit = Omit<Mutant, 'file' | 'tests'> & { tests?: string[] };

/** The mutants of one file. Those without their own tests must fail `tests`. */
export function mutantsOf(file: string, tests: string[], edits: Edit[]): Mutant[] {
  return edits.map((edit) => ({ file, tests, ...edit }));
}

/**
 * `source` with the edit of a mutant; `undefined` for a stale one, whose text does not occur exactly once or does not
 * change.
 */
export function mutate(source: string, { find, replace }: Pick<Mutant, 'find' | 'replace'>): string | undefined {
  const [before, after, ...others] = source.split(find);
  if (before === undefined || after === undefined || others.length > 0 || find === replace) return undefined;
  return before + replace + after;
}

/** The vitest project that runs `test`, a path relative to the root of the repository. */
export function projectOf(test: string): 'd1' | 'libsql' | 'node' | 'smoke' {
  if (test.startsWith('test/smoke/')) return 'smoke';
  if (test.startsWith('test/scripts/')) return 'node';
  return test.startsWith('test/libsql/') ? 'libsql' : 'd1';
}

/** A small edit of `file` that breaks the service, and the test files of which one has to fail for it. */
export type Mutant = {
  /** What the service does wrong with it. */
  breaks: string;
  file: string;
  /** The exact text to replace. It occurs once in `file`. */
  find: string;
  replace: string;
  tests: string[];
};

type Edit = Omit<Mutant, 'file' | 'tests'> & { tests?: string[] };

/** The mutants of one file. Those that name no tests of their own have to fail `tests`. */
export function mutantsOf(file: string, tests: string[], edits: Edit[]): Mutant[] {
  return edits.map((edit) => ({ file, tests, ...edit }));
}

/** `source` with the edit of `mutant`; `undefined` when the mutant is stale: its text does not occur once, or stays as it is. */
export function mutate(source: string, { find, replace }: Pick<Mutant, 'find' | 'replace'>): string | undefined {
  const [before, after, ...others] = source.split(find);
  if (before === undefined || after === undefined || others.length > 0 || find === replace) return undefined;
  return before + replace + after;
}

/** The vitest project that runs `test`, a path from the root of the repository. */
export function projectOf(test: string): 'd1' | 'libsql' | 'node' {
  if (test.startsWith('test/scripts/')) return 'node';
  return test.startsWith('test/libsql/') ? 'libsql' : 'd1';
}

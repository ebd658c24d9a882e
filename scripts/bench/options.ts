import { parseCommandLine, UsageError } from '../command.ts';
import { type Name, names } from './compare/contestants.ts';
import { type Operation, operations } from './compare/operations.ts';

/** What `npm run bench` is asked for. Without `only`, it measures all operations. */
export type BenchOptions = {
  isQuick: boolean;
  only: Operation[] | undefined;
  json: string | undefined;
  chart: string | undefined;
  isMarkdown: boolean;
  isWritten: boolean;
  from: string | undefined;
  profile: { operation: Operation; name: Name } | undefined;
};

/** The options in `args`. Throws `UsageError` for an operation or a name that the bench does not know. */
export function parseOptions(args: string[]): BenchOptions {
  const { values, positionals } = parseCommandLine(args, {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    chart: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    from: { type: 'string' },
    write: { type: 'boolean', default: false },
    profile: { type: 'string' },
    of: { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError('This command takes options only.');
  if (values.write && values.only !== undefined) throw new UsageError('The pages are about all operations.');
  if (values.of !== undefined && values.profile === undefined) throw new UsageError('--of needs --profile.');
  if (values.from !== undefined && (values.quick || values.only !== undefined))
    throw new UsageError('--from measures nothing, so it takes neither --quick nor --only.');
  const {
    quick: isQuick,
    only,
    json,
    chart,
    markdown: isMarkdown,
    write: isWritten,
    from,
    profile,
    of = 'latchkey',
  } = values;
  return {
    isQuick,
    json,
    chart,
    isMarkdown,
    isWritten,
    from,
    only: only?.split(',').map((name) => oneOf(operations, name)),
    profile: profile === undefined ? undefined : { operation: oneOf(operations, profile), name: oneOf(names, of) },
  };
}

/**
 * Whether the run prints what operations ask of storage, how long callers wait and what it costs, too: when it has
 * measured all operations, for a terminal.
 */
export function printsCosts({ only, from, isMarkdown }: Pick<BenchOptions, 'only' | 'from' | 'isMarkdown'>): boolean {
  return only === undefined && from === undefined && !isMarkdown;
}

function oneOf<const T extends string>(known: readonly T[], value: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new UsageError(`Choose one of ${known.join(', ')}.`);
  return found;
}

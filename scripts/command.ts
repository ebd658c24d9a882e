import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { findLostOptions } from './lost-options.ts';
import { findNearest } from './nearest.ts';

/** A script that an npm command runs. `scripts/run.js` runs what the script's file exports as `command`. */
export type Command = {
  /** How to call the script and, in the lines below, what it does. */
  usage: string;
  /** Does the work with the arguments of the command line. Returns the exit code; nothing means 0. */
  run: (args: string[]) => Promise<number | void> | number | void;
};

/** Whether `module`, as imported, exports a command. */
export function isScript(module: unknown): module is { command: Command } {
  if (typeof module !== 'object' || module === null || !('command' in module)) return false;
  const { command } = module;
  return typeof command === 'object' && command !== null && 'usage' in command && 'run' in command;
}

/** An expected failure. Its message is for the user: a plain sentence, which quotes no secret. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Arguments that the script does not take. The message does not repeat them, because one may be a secret. */
export class UsageError extends Error {}

/**
 * Runs `command` and returns its exit code: 0 after `--help`, 2 for wrong arguments. Throws only what is a bug. `env` is
 * the environment that npm has made.
 */
export async function runCommand(
  { usage, run }: Command,
  args: string[],
  env: NodeJS.Dict<string> = process.env,
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`usage: ${usage}`);
    return 0;
  }
  try {
    const [lost] = findLostOptions(usage, args, env);
    if (lost !== undefined) throw new UsageError(`npm took ${lost} for itself. Write \`--\` before the options.`);
    return (await run(args)) ?? 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n${shortUsage(usage)}`);
      return 2;
    }
    const failure = error instanceof Failure ? error : findFailure(error);
    if (failure === undefined) throw error;
    console.error(failure.message);
    return failure.exitCode;
  }
}

/** How to call the script, and how to read the rest of its usage. */
function shortUsage(usage: string): string {
  const [synopsis = '', rest] = usage.split('\n\n');
  const [script] = /^npm (run )?\S+/.exec(usage) ?? [];
  const more = rest === undefined || script === undefined ? '' : `\n\`${script} -- --help\` explains it.`;
  return `usage: ${synopsis}${more}`;
}

/**
 * The flags and the positional arguments in `args`. Throws `UsageError` for a flag that `options` does not name, and for
 * one that is given twice: of two environments, nobody should have to guess which one it is.
 */
export function parseCommandLine<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  const { tokens, ...parsed } = parse(args, options);
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const twice = names.find((name, index) => names.indexOf(name) < index && options[name]?.multiple !== true);
  if (twice !== undefined) throw new UsageError(`--${twice} is given twice.`);
  return parsed;
}

function parse<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, tokens: true });
  } catch {
    throw new UsageError(findProblem(args, options));
  }
}

/** Throws `UsageError` for any argument. */
export function refuseArguments(args: string[]): void {
  if (args.length > 0) throw new UsageError('This command takes no arguments.');
}

/**
 * Why Node does not take `args`. Its own messages quote the argument. This repeats only the name of an option that there
 * is, and a misspelling of it.
 */
function findProblem(args: string[], options: ParseArgsOptionsConfig): string {
  for (const token of parseArgs({ args, options, allowPositionals: true, tokens: true, strict: false }).tokens) {
    if (token.kind !== 'option') continue;
    const { name, value, inlineValue } = token;
    if (!Object.hasOwn(options, name)) {
      const nearest = findNearest(name, Object.keys(options));
      return nearest === undefined
        ? 'There is no such option.'
        : `There is no option --${name}. Did you mean --${nearest}?`;
    }
    const isMissing = value === undefined || value === '' || (!inlineValue && value.startsWith('-'));
    if (options[name]?.type === 'string' && isMissing) return `--${name} lacks its value.`;
    if (options[name]?.type === 'boolean' && value !== undefined) return `--${name} takes no value.`;
  }
  return 'An option lacks its value, or takes none.';
}

/** What the system refused, as a failure with a sentence; `undefined` for any other error. */
export function findFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const sentences: Record<string, string> = {
    EACCES: 'No permission',
    EPERM: 'No permission',
    EROFS: 'The file system is read-only',
    ENOSPC: 'The disk is full',
    ENOENT: 'No such file or folder',
    ENOTDIR: 'Not a folder',
    EISDIR: 'A folder, not a file',
    EEXIST: 'Exists already',
    EADDRINUSE: 'The port is in use',
  };
  const sentence = sentences[String(error.code)];
  if (sentence === undefined) return undefined;
  const place = 'path' in error && typeof error.path === 'string' ? `: ${error.path}` : '';
  return new Failure(`${sentence}${place} (${String(error.code)}).`);
}

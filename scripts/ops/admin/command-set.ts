import { parseArgs } from 'node:util';
import { type Command, Failure, parseCommandLine, UsageError } from '../../command.ts';
import { findNearest } from '../../nearest.ts';
import { operate } from './operate.ts';
import { type OperatorCommand, type Options, OWN_OPTIONS, SERVICE_OPTIONS } from './operator-command.ts';
import { printable, printableJson } from './printable.ts';

type Parts = {
  /** The name of the npm script. */
  script: string;
  /** What may stand after the command, in the first line of the usage. */
  takes: string;
  commands: Readonly<Record<string, OperatorCommand>>;
  /** The commands that take `-NAME` as an argument, to remove a name from a list. */
  editors: string[];
  /** More lines of the usage: about options, and below them. */
  options: string;
  remark?: string;
  /** Throws `UsageError` for arguments that no command may take. */
  vet?: (args: string[]) => void;
};

/** `npm run SCRIPT -- COMMAND`: commands that operate a service, on this machine or on another. */
export function createCommandSet(parts: Parts): Command {
  const { script, takes, commands, options, remark = '', vet } = parts;
  const usageOf = ([name, { usage }]: [string, OperatorCommand]) =>
    `  ${`${name} ${usage.takes}`.trimEnd()}\n      ${usage.does}`;
  const usage = `npm run ${script} -- COMMAND ${takes} [--url URL] [--secrets-file FILE] [--issuer URL] [--json]

${Object.entries(commands).map(usageOf).join('\n')}

Without --url, this operates the service that npm run dev runs on a port from 8787 to 8796, with the keys in .dev.vars.
  --url URL            the service; http:// on this machine only
  --secrets-file FILE  the secrets of that deployment, as npm run secrets writes them
  --issuer URL         the ISSUER of the service, where it is not the URL
  --json               prints the response as JSON, for programs: npm run --silent ${script} -- COMMAND --json
  --yes                does not ask before what cannot be undone
${options}${remark}The exit code is 0 when it was done, 1 when nothing was done, 2 for wrong arguments.`;

  const run = async (args: string[]) => {
    vet?.(args);
    const name = findName(parts, args);
    const chosen = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (chosen === undefined) throw noSuchCommand(parts, name);
    const { isJson, outcome } = await withUsageOf(script, name, chosen, async () => {
      const { rest, options, service } = readCommandLine(parts, args);
      const work = prepare(chosen, name, { args: rest, options });
      return { isJson: service.json, outcome: await operate(service, work) };
    });
    const { json, lines, remark, isDone = true } = outcome;
    if (isJson) console.log(printableJson(json, 2));
    else for (const line of lines) console.log(printable(line));
    if (remark !== undefined) console.error(printable(remark));
    return isDone ? 0 : 1;
  };
  return { usage, run };
}

const ALL_OPTIONS = { ...SERVICE_OPTIONS, ...OWN_OPTIONS };

/** Whether `arg` removes a name, such as `-viewer`, and is no option. */
export const isRemoval = (editors: string[], arg: string, args: string[]) =>
  /^-[A-Za-z0-9:_]/.test(arg) && args.some((other) => editors.includes(other));

/** The name of the command, whatever is wrong with the options. */
function findName({ editors }: Parts, args: string[]): string {
  const others = args.filter((arg) => !isRemoval(editors, arg, args));
  const { positionals } = parseArgs({ args: others, options: ALL_OPTIONS, allowPositionals: true, strict: false });
  return positionals[0] ?? '';
}

/** Repeats a misspelling of a command only: another word may be a secret. */
function noSuchCommand({ script, commands }: Parts, name: string): Failure {
  const nearest = findNearest(name, Object.keys(commands));
  const words = name === '' ? 'Give one of the commands.' : 'There is no such command.';
  const problem = nearest === undefined ? words : `There is no command ${name}. Did you mean ${nearest}?`;
  return new Failure(`${problem}\n\`npm run ${script} -- --help\` lists the commands.`, 2);
}

function readCommandLine({ editors }: Parts, args: string[]) {
  const others = args.filter((arg) => !isRemoval(editors, arg, args));
  const { values, positionals } = parseCommandLine(others, ALL_OPTIONS);
  const { url, issuer, 'secrets-file': secretsFile, json, ...options } = values;
  const rest = [...positionals.slice(1), ...args.filter((arg) => isRemoval(editors, arg, args))];
  return { rest, options, service: { url, issuer, 'secrets-file': secretsFile, json } };
}

/** The work of a command. Throws `UsageError` before anything is asked of the service. */
function prepare({ arity: [least, most], options = [], prepare }: OperatorCommand, name: string, given: Given) {
  if (given.args.length < least) throw new UsageError('An argument is missing.');
  if (given.args.length > most) throw new UsageError('There is an argument too many.');
  const strange = Object.keys(given.options).find((option) => !options.some((known) => known === option));
  if (strange !== undefined) throw new UsageError(`${name} takes no --${strange}.`);
  return prepare(given);
}

type Given = { args: string[]; options: Options };

/** What `work` returns. After a mistake, the usage of this one command is enough. */
async function withUsageOf<T>(
  script: string,
  name: string,
  { usage }: OperatorCommand,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const words = `${error.message}\nusage: npm run ${script} -- ${name} ${usage.takes}`.trimEnd();
    throw new Failure(`${words}\n\`npm run ${script} -- --help\` explains all commands and options.`, 2);
  }
}

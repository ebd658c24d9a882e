// npm run user -- COMMAND: finds, makes and changes users, on this machine or on another, without SQL.
import { parseArgs } from 'node:util';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { findNearest } from '../nearest.ts';
import { add } from './admin/commands/add.ts';
import { email, verify } from './admin/commands/address.ts';
import { deleteUser } from './admin/commands/delete.ts';
import { disable, enable } from './admin/commands/disable.ts';
import { exportUsers } from './admin/commands/export.ts';
import { find } from './admin/commands/find.ts';
import { reset, unlock } from './admin/commands/login.ts';
import { logoutEverybody } from './admin/commands/logout-everybody.ts';
import { admin, claims } from './admin/commands/rights.ts';
import { roles } from './admin/commands/roles.ts';
import { logout, sessions } from './admin/commands/sessions.ts';
import { show } from './admin/commands/show.ts';
import { stats } from './admin/commands/stats.ts';
import { why } from './admin/commands/why.ts';
import { operate } from './admin/operate.ts';
import { printable, printableJson } from './admin/printable.ts';
import { type Options, OWN_OPTIONS, SERVICE_OPTIONS, type UserCommand } from './admin/user-command.ts';

const commands: Readonly<Record<string, UserCommand>> = {
  find,
  show,
  why,
  add,
  disable,
  enable,
  delete: deleteUser,
  admin,
  roles,
  claims,
  email,
  verify,
  reset,
  unlock,
  sessions,
  logout,
  'logout-everybody': logoutEverybody,
  stats,
  export: exportUsers,
};

const usageOf = ([name, { usage }]: [string, UserCommand]) => `  ${name} ${usage.takes}\n      ${usage.does}`;

export const command: Command = {
  usage: `npm run user -- COMMAND [EMAIL|ID] [--url URL] [--secrets-file FILE] [--issuer URL] [--json]

${Object.entries(commands).map(usageOf).join('\n')}

Without --url, this operates the service that npm run dev runs, with the keys in .dev.vars.
  --url URL            the service; http:// on this machine only
  --secrets-file FILE  the secrets of that deployment, as npm run secrets writes them
  --issuer URL         the ISSUER of the service, where it is not the URL
  --json               prints the response as JSON, for programs: npm run --silent user -- COMMAND --json
  --yes                does not ask before what cannot be undone
  --last-admin         goes on even if no administrator is left
A password comes from standard input (--password-stdin). There is no --password: other users of the machine could read it.
The exit code is 0 when it was done, 1 when nothing was done, 2 for wrong arguments.`,

  run: async (args) => {
    refusePasswords(args);
    const name = findName(args);
    const chosen = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (chosen === undefined) throw noSuchCommand(name);
    const { isJson, outcome } = await withUsageOf(chosen, name, async () => {
      const { rest, options, service } = readCommandLine(args);
      const work = prepare(chosen, name, { args: rest, options });
      return { isJson: service.json, outcome: await operate(service, work) };
    });
    const { json, lines, remark, isDone = true } = outcome;
    if (isJson) console.log(printableJson(json, 2));
    else for (const line of lines) console.log(printable(line));
    if (remark !== undefined) console.error(printable(remark));
    return isDone ? 0 : 1;
  },
};

const ALL_OPTIONS = { ...SERVICE_OPTIONS, ...OWN_OPTIONS };

const PASSWORD_OPTION = /^--?(p|pw|pwd|pass|passwd|password|passphrase|new-password)(=|$)/i;

function refusePasswords(args: string[]): void {
  if (args.some((arg) => PASSWORD_OPTION.test(arg) && !isRemoval(arg, args)))
    throw new UsageError('A password is not an argument: other users of the machine could read it. Pipe it in.');
}

/** Whether `arg` removes a role, such as `-viewer`, and is no option. */
const isRemoval = (arg: string, args: string[]) => args.includes('roles') && /^-[a-z0-9:_]/.test(arg);

/** The name of the command, whatever is wrong with the options. */
function findName(args: string[]): string {
  const others = args.filter((arg) => !isRemoval(arg, args));
  const { positionals } = parseArgs({ args: others, options: ALL_OPTIONS, allowPositionals: true, strict: false });
  return positionals[0] ?? '';
}

/** Repeats a misspelling of a command only: another word may be a secret. */
function noSuchCommand(name: string): Failure {
  const nearest = findNearest(name, Object.keys(commands));
  const words = name === '' ? 'Give one of the commands.' : 'There is no such command.';
  const problem = nearest === undefined ? words : `There is no command ${name}. Did you mean ${nearest}?`;
  return new Failure(`${problem}\n\`npm run user -- --help\` lists the commands.`, 2);
}

function readCommandLine(args: string[]) {
  const others = args.filter((arg) => !isRemoval(arg, args));
  const { values, positionals } = parseCommandLine(others, ALL_OPTIONS);
  const { url, issuer, 'secrets-file': secretsFile, json, ...options } = values;
  const rest = [...positionals.slice(1), ...args.filter((arg) => isRemoval(arg, args))];
  return { rest, options, service: { url, issuer, 'secrets-file': secretsFile, json } };
}

/** The work of a command. Throws `UsageError` before anything is asked of the service. */
function prepare({ arity: [least, most], options = [], prepare }: UserCommand, name: string, given: Given) {
  if (given.args.length < least) throw new UsageError('An argument is missing.');
  if (given.args.length > most) throw new UsageError('There is an argument too many.');
  const strange = Object.keys(given.options).find((option) => !options.some((known) => known === option));
  if (strange !== undefined) throw new UsageError(`${name} takes no --${strange}.`);
  return prepare(given);
}

type Given = { args: string[]; options: Options };

/** What `work` returns. After a mistake, the usage of this one command is enough. */
async function withUsageOf<T>({ usage }: UserCommand, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const words = `${error.message}\nusage: npm run user -- ${name} ${usage.takes}`.trimEnd();
    throw new Failure(`${words}\n\`npm run user -- --help\` explains all commands and options.`, 2);
  }
}

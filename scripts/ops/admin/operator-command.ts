import type { parseCommandLine } from '../../command.ts';
import type { Admin } from './client.ts';
import type { Account } from './account.ts';
import type { Describe } from './operate.ts';

/** The options of every command that operates a service. */
export const SERVICE_OPTIONS = {
  url: { type: 'string' },
  issuer: { type: 'string' },
  'secrets-file': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Options that some commands take. */
export const OWN_OPTIONS = {
  role: { type: 'string', multiple: true },
  admin: { type: 'boolean' },
  disabled: { type: 'boolean' },
  unverified: { type: 'boolean' },
  verified: { type: 'boolean' },
  locale: { type: 'string' },
  limit: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  'last-admin': { type: 'boolean' },
  link: { type: 'boolean' },
  none: { type: 'boolean' },
  'reset-passwords': { type: 'boolean' },
  restored: { type: 'boolean' },
  yes: { type: 'boolean' },
  remove: { type: 'boolean' },
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  jwks: { type: 'string' },
  finish: { type: 'boolean' },
  now: { type: 'boolean' },
  days: { type: 'string' },
  never: { type: 'boolean' },
} as const;

type Parsed = ReturnType<typeof parseCommandLine<typeof OWN_OPTIONS>>['values'];

/** The options that were given. */
export type Options = { [name in keyof typeof OWN_OPTIONS]?: Parsed[name] };

/** What a command found or did: `json` for programs, `lines` for people. */
export type Outcome = {
  json: unknown;
  lines: string[];
  /** For people, beside either. */
  remark?: string | undefined;
  /** Whether there was something to do, or to find. Otherwise the exit code is 1. */
  isDone?: boolean;
};

/** What a command works with. `args` are the arguments after its name. */
export type Work = { admin: Admin; args: string[]; options: Options };

/** A command of `npm run user` or `npm run machine`. */
export type OperatorCommand = {
  /** What stands after the name of the command, and what it does. */
  usage: { takes: string; does: string };
  /** The fewest and the most arguments. */
  arity: [number, number];
  options?: (keyof typeof OWN_OPTIONS)[];
  /** Throws `UsageError` before anything is asked of the service. Returns the work. */
  prepare: (given: Omit<Work, 'admin'>) => (admin: Admin, describe: Describe) => Promise<Outcome>;
};

/** The parts of a command that works on one account, its first argument. */
export type OnAccount = Omit<OperatorCommand, 'prepare'> & {
  /** Gets the arguments after the account. */
  prepare: (given: Omit<Work, 'admin'>) => (admin: Admin, account: Account) => Promise<Outcome>;
};

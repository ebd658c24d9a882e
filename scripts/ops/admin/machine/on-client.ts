import { CLIENT_ID } from '../../../../src/crypto/bounds.ts';
import { UsageError } from '../../../command.ts';
import type { Admin } from '../client.ts';
import { nextCommand } from '../next-command.ts';
import type { Describe } from '../operate.ts';
import type { OperatorCommand, Outcome, Work } from '../operator-command.ts';

type OnClient = Omit<OperatorCommand, 'prepare'> & {
  /** Gets the arguments after the client. */
  prepare: (given: Omit<Work, 'admin'>) => (admin: Admin, id: string, describe: Describe) => Promise<Outcome>;
};

/** `id`, if it can be that of a client. Throws `UsageError`. */
export function parseClientId(id: string): string {
  if (CLIENT_ID.test(id)) return id;
  throw new UsageError(
    'The id of a client has 1 to 64 letters, digits, "_", "." or "-", and does not begin with "." or "-".',
  );
}

/** A command on the client that its first argument names. */
export function onClient({ prepare, arity: [least, most], usage, ...rest }: OnClient): OperatorCommand {
  return {
    ...rest,
    usage: { ...usage, takes: `ID ${usage.takes}`.trimEnd() },
    arity: [least + 1, most + 1],
    prepare: ({ args: [first = '', ...args], options }) => {
      const id = parseClientId(first);
      const work = prepare({ args, options });
      return (admin, describe) => work(admin, id, describe);
    },
  };
}

/** The next command on clients, for the same service. */
export const nextMachineCommand = (words: string[], { choice }: Pick<Admin, 'choice'>): string =>
  nextCommand(words, choice, 'machine');

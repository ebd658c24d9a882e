import { Failure, UsageError } from '../../command.ts';
import type { Admin } from './client.ts';
import { isRefusal } from './service-error.ts';
import type { OnAccount, UserCommand } from './user-command.ts';

/** An account of the service. `name` is its address when it was looked up by that, otherwise its id. */
export type Account = { id: string; name: string };

const ID = /^[\w-]{1,64}$/;

/** How the command line names an account. Throws `UsageError` for what is neither an address nor an id. */
export function parseWho(who: string): string {
  if (who.includes('@') || ID.test(who)) return who;
  throw new UsageError('Name the account by its address, or by its id, as `find` prints it.');
}

/** `id`, if it has the grammar of ids. Throws `UsageError`. */
export function parseId(id: string, what: string): string {
  if (ID.test(id)) return id;
  throw new UsageError(`That is not the id of a ${what}.`);
}

export const NO_SUCH_ADDRESS = 'There is no account with this address.';

/** The account that `who`, of `parseWho`, names. An id is not looked up. Throws `Failure` for an unknown address. */
export async function findAccount(admin: Admin, who: string): Promise<Account> {
  const account = await findUser(admin, who);
  if (account === undefined) throw new Failure(NO_SUCH_ADDRESS);
  return account;
}

/** The same, and `undefined` for an unknown address. */
export async function findUser(admin: Admin, who: string): Promise<Account | undefined> {
  if (!who.includes('@')) return { id: who, name: who };
  const [user] = await admin.findUsers({ address: who }).then(
    ({ data }) => data,
    (error: unknown) => {
      // What is no address, or too long for one, is nobody's either.
      if (isRefusal(error, 'invalid_request')) return [];
      throw error;
    },
  );
  if (user === undefined) return undefined;
  if (!ID.test(user.user_id)) throw new Failure('The service answered with an id that is none.');
  return { id: user.user_id, name: user.email };
}

/** A command on the account that its first argument names. */
export function onAccount({ prepare, arity: [least, most], usage, ...rest }: OnAccount): UserCommand {
  return {
    ...rest,
    usage: { ...usage, takes: `EMAIL|ID ${usage.takes}`.trimEnd() },
    arity: [least + 1, most + 1],
    prepare: ({ args: [first = '', ...args], options }) => {
      const who = parseWho(first);
      const work = prepare({ args, options });
      return async (admin) => work(admin, await findAccount(admin, who));
    },
  };
}

import { Failure, UsageError } from '../../command.ts';
import type { Admin } from './client.ts';
import { nextCommand } from './next-command.ts';
import { isRefusal } from './service-error.ts';
import type { OnAccount, OperatorCommand } from './operator-command.ts';

/** An account of the service. `name` is its address when it was looked up by that, otherwise its id. */
export type Account = { id: string; name: string };

const ID = /^[\w-]{1,64}$/;

/** The ids that the service makes. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** How the command line names an account. Throws `UsageError` for what is neither an address nor an id. */
export function parseWho(who: string): string {
  if (who.includes('@')) return parseAddress(who);
  if (ID.test(who)) return who;
  throw new UsageError('That is neither an address nor an id. `find` looks for the beginning of an address.');
}

/** `address`, if it can be one. Throws `UsageError`. */
export function parseAddress(address: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(address)) return address;
  throw new UsageError('That is no address: it takes a name before the @, and a domain after it.');
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

/** What to say when there is no account with the id `who`, which may be the beginning of an address. */
export function noSuchAccount({ choice }: Admin, who: string): Failure {
  if (who.includes('@') || UUID.test(who)) return new Failure('There is no account with this id.');
  return new Failure(`${who} is neither an address nor an id: ${nextCommand(['find', who], choice)}`);
}

/** A command on the account that its first argument names. */
export function onAccount({ prepare, arity: [least, most], usage, ...rest }: OnAccount): OperatorCommand {
  return {
    ...rest,
    usage: { ...usage, takes: `EMAIL|ID ${usage.takes}`.trimEnd() },
    arity: [least + 1, most + 1],
    prepare: ({ args: [first = '', ...args], options }) => {
      const who = parseWho(first);
      const work = prepare({ args, options });
      return async (admin) => {
        const account = await findAccount(admin, who);
        return work(admin, account).catch((error: unknown) => {
          throw isRefusal(error, 'unknown_user') ? noSuchAccount(admin, who) : error;
        });
      };
    },
  };
}

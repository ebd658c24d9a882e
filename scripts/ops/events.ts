// npm run events: shows what has happened to users and sessions, and who did it.
import { eventTypeNames } from '../../src/domain/event/event-types.ts';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { type Account, findUser, NO_SUCH_ADDRESS, parseWho } from './admin/account.ts';
import type { Admin } from './admin/client.ts';
import { startEventTable } from './admin/event-table.ts';
import { follow, readNewest } from './admin/follow.ts';
import { type Describe, operate } from './admin/operate.ts';
import { parseNumber } from './admin/parse-number.ts';
import { printable, printableJson } from './admin/printable.ts';
import type { Event } from './admin/shapes.ts';
import { SERVICE_OPTIONS } from './admin/operator-command.ts';

const POLL_SECONDS = 2;
const DEFAULT_LIMIT = 20;

export const command: Command = {
  usage: `npm run events -- [--follow] [--user EMAIL|ID] [--type TYPE] [--limit N] [--json]
                     [--url URL] [--secrets-file FILE] [--issuer URL]

Prints the newest events, oldest first: what happened, to whom, who did it, and from where.
  --follow         goes on with what happens from now on, until you end it
  --user EMAIL|ID  those of one user; of a deleted one, by the id
  --type TYPE      those of one type, such as login_failed
  --limit N        as many at first, instead of ${DEFAULT_LIMIT}; with --follow it may be 0
  --json           one JSON object a line, for programs: npm run --silent events -- --json
The other options are those of npm run user, whose --help explains them.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, {
      ...SERVICE_OPTIONS,
      follow: { type: 'boolean', default: false },
      user: { type: 'string' },
      type: { type: 'string' },
      limit: { type: 'string' },
    });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    if (values.type !== undefined && !eventTypeNames.some((name) => name === values.type))
      throw new UsageError(`There is no such type of event. The types are ${eventTypeNames.join(', ')}.`);
    const limit = parseNumber('limit', values.limit, DEFAULT_LIMIT, values.follow ? 0 : 1);
    const who = values.user === undefined ? undefined : parseWho(values.user);
    const print = printer(values.json);
    await operate(values, async (admin, describe) => {
      const user = who === undefined ? undefined : await findEventful(admin, who);
      const filter = { user_id: user?.id, type: values.type };
      const newest = await readNewest(admin, filter, Math.max(limit, 1));
      print(limit === 0 ? [] : newest);
      if (newest.length === 0 && !values.follow) console.error('No such event yet.');
      if (values.follow) await printNext(admin, filter, newest.at(-1)?.id, print, describe);
    });
  },
};

/** The account that `who` names. Whoever is deleted has events, and no address any more. */
async function findEventful(admin: Admin, who: string): Promise<Account> {
  const account = await findUser(admin, who);
  if (account === undefined) throw new Failure(`${NO_SUCH_ADDRESS} Name a deleted user by the id.`);
  return account;
}

type Print = (events: Event[]) => void;

/** Prints what happens after `after`, until whoever reads it closes the pipe. */
async function printNext(
  admin: Admin,
  filter: Parameters<typeof follow>[1],
  after: string | undefined,
  print: Print,
  describe: Describe,
): Promise<void> {
  process.stdout.once('error', () => process.exit(0));
  const onFailure = (error: unknown, seconds: number) =>
    console.error(`${describe(error)} Trying again in ${seconds} s …`);
  for await (const events of follow(admin, filter, { after, everySeconds: POLL_SECONDS, onFailure })) print(events);
}

function printer(isJson: boolean): Print {
  if (isJson) return (events) => events.forEach((event) => console.log(printableJson(event)));
  const lines = startEventTable();
  return (events) => lines(events).forEach((line) => console.log(printable(line)));
}

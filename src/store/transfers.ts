import type { Database } from './database.ts';
import { countLegacyHashes } from './statements/admin/count-legacy-hashes.ts';
import { exportUsers, insertEventOfExport, type Page } from './statements/admin/export-users.ts';
import {
  findHolders,
  findNew,
  insertEventsOfImport,
  insertImported,
  insertRolesOfImported,
  type UserToImport,
} from './statements/admin/import-users.ts';
import type { NewEvent } from './statements/event/insert-event.ts';
import type { User } from './tables/users.ts';

export type Transfers = ReturnType<typeof createTransfers>;

/** A user who has the id or the address of the user to import at `index`. */
export type Holder = { index: number; id: string; email: string; registeredAt: Date; hasSameHash: boolean };

/** Who had an id or an address of the users before, and the ids of the users who were stored. */
type Imported = { holders: Holder[]; imported: ReadonlySet<string> };

/** Users who move in or out with their hashes. Every method is one round trip, and rejects with `StorageFailure`. */
export function createTransfers(database: Database) {
  return {
    /** What `add` would return. Stores nothing. */
    async preview(users: readonly UserToImport[], at: Date): Promise<Imported> {
      const lines = JSON.stringify(users);
      const [holders, free] = await database.batch([findHolders({ lines }), findNew({ lines, at })]);
      return { holders: toHolders(holders), imported: idsOf(free) };
    },

    /**
     * Stores the users whose id and address are free, with `event` for each. No two of `users` have one id or one
     * address.
     */
    async add(users: readonly UserToImport[], event: NewEvent): Promise<Imported> {
      const lines = JSON.stringify(users);
      const ids = JSON.stringify(users.filter(({ roles }) => roles !== '[]').map(({ id }) => id));
      const [holders, , imported] = await database.batch([
        findHolders({ lines }),
        insertEventsOfImport({ ...event, lines }),
        insertImported({ lines, at: event.at }),
        insertRolesOfImported({ ids }),
      ]);
      return { holders: toHolders(holders), imported: idsOf(imported) };
    },

    /** The users of the page with their password hashes, in the order of their ids. Stores the event. */
    async export(page: Page, event: NewEvent): Promise<User[]> {
      const [users] = await database.batch([exportUsers(page), insertEventOfExport({ ...event, ...page })]);
      return users;
    },

    /** How many users have a hash of another system, by its scheme, the largest number first. */
    async countLegacyHashes(): Promise<{ scheme: string; users: number }[]> {
      return database.run(countLegacyHashes({}));
    },
  };
}

const idsOf = (rows: { id: string }[]): ReadonlySet<string> => new Set(rows.map(({ id }) => id));

const toHolders = (rows: (Omit<Holder, 'hasSameHash'> & { hasSameHash: number })[]): Holder[] =>
  rows.map((row) => ({ ...row, hasSameHash: Boolean(row.hasSameHash) }));

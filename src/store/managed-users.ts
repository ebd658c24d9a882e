import type { Database } from './database.ts';
import {
  changeUser,
  deleteChallengesOfFormerAddress,
  revokeSessionsOfDisabled,
  type UserChange,
} from './statements/admin/change-user.ts';
import { deleteManagedUser } from './statements/admin/delete-managed-user.ts';
import { forgetAttemptsOfAccount, listWaits } from './statements/admin/attempts-of-account.ts';
import { findManagedUser, findUserByAddress } from './statements/admin/find-managed-user.ts';
import { findLastTimes } from './statements/admin/last-times.ts';
import { type HandedReset, insertHandedReset } from './statements/admin/insert-handed-reset.ts';
import { insertManagedUser, type NewManagedUser } from './statements/admin/insert-managed-user.ts';
import * as listings from './statements/admin/list-users.ts';
import type { ManagedUser, Permit, Read } from './statements/admin/managed-user.ts';
import { syncRoles } from './statements/admin/sync-roles.ts';
import {
  insertEventIfChanged,
  insertEventsIfChanged,
  type NewEvent,
  type NewEvents,
} from './statements/event/insert-event.ts';
import type { LoginFactors } from './statements/factor/factors-of-user.ts';
import { forgetNetworks } from './statements/login/forget-networks.ts';
import { insertMailOfChallenge, type NewMail } from './statements/mail/insert-mail.ts';
import { revokeAllSessions } from './statements/session/revoke-all-sessions.ts';
import type { UserVersion } from './statements/session/revoke-under-version.ts';
import type { SessionTerms } from './statements/session/session-state.ts';

export type ManagedUsers = ReturnType<typeof createManagedUsers>;

/** A user as it was found, with its password hash, and whether somebody else is an administrator. */
export type FoundUser = { user: ManagedUser; passwordHash: string; hasOtherAdmin: boolean };

/** An invitation: a reset of the password, and the mail that carries it if one goes out. */
export type Invitation = HandedReset & { mail: Pick<NewMail, 'mailId' | 'message'> | undefined };

/** Users as administrators manage them. Every method is one round trip, and rejects with `StorageFailure`. */
export function createManagedUsers(database: Database) {
  return {
    /** The user `id`. */
    async find(id: string): Promise<FoundUser | undefined> {
      const [found] = await database.run(findManagedUser({ id }));
      return found;
    },

    /** The user with the canonical address `email`. */
    async findByAddress(email: string): Promise<ManagedUser | undefined> {
      const [user] = await database.run(findUserByAddress({ email }));
      return user;
    },

    /** The users of `listing`, `limit` at most. The index of one of its filters finds them. */
    async list(listing: listings.UserListing): Promise<ManagedUser[]> {
      return database.run(listingOf(listing)(listing));
    },

    /** What tells why a user can log in or not: the waits of the account, the last logins, and how many sessions live. */
    async findLoginState(id: string, accountKey: string, terms: SessionTerms) {
      const [waits, [times]] = await database.batch([
        listWaits({ accountKey, at: terms.at }),
        findLastTimes({ id, ...terms }),
      ]);
      return { waits, ...(times ?? { lastLoginAt: null, lastFailedAt: null, liveSessions: 0, factors: NONE }) };
    },

    /**
     * Stores the user with its roles, the event and the invitation. Returns `false`, and stores nothing, when the address
     * is taken.
     */
    async create(user: NewManagedUser, event: NewEvent, invitation: Invitation | undefined): Promise<boolean> {
      const mail = invitation?.mail;
      const [created] = await database.batch([
        insertManagedUser(user),
        insertEventIfChanged(event),
        ...syncRoles(user.id),
        ...(invitation === undefined ? [] : [insertHandedReset(invitation)]),
        ...(invitation === undefined || mail === undefined
          ? []
          : [insertMailOfChallenge({ ...mail, at: invitation.at, challengeId: invitation.resetId })]),
      ]);
      return created.length === 1;
    },

    /**
     * Changes the user as `changeUser` does, with an event for each change. Ends all sessions of a user who is disabled
     * by now, and makes useless what was mailed to a former address. Returns the new versions, and how many sessions it
     * has ended; `undefined` when it has changed nothing.
     */
    async change(read: Read, permit: Permit, change: UserChange, { events, isNewAddress }: ChangeNews) {
      const { id } = read;
      const [changed, , ended] = await database.batch([
        changeUser({ ...read, ...permit, ...change }),
        insertEventsIfChanged(events),
        revokeSessionsOfDisabled({ id, at: change.at }),
        ...syncRoles(id),
        ...(isNewAddress ? [deleteChallengesOfFormerAddress({ id, email: change.newEmail })] : []),
      ]);
      const [versions] = changed;
      return versions && { ...versions, sessionsRevoked: countLive(ended, change.at) };
    },

    /**
     * Revokes all sessions of the user, and counts up the version. Stores the event if a session was not revoked before.
     * Returns the version, and how many sessions it has ended; `undefined` when there is no such user.
     */
    async revokeSessions(userId: string, at: Date, event: NewEvent) {
      const [carry, count, revoke] = revokeAllSessions({ userId, at });
      const [, [user], ended] = await database.batch([carry, count, revoke, insertEventIfChanged(event)]);
      return user && { version: user.version, sessionsRevoked: countLive(ended, at) };
    },

    /** Deletes the user as `deleteManagedUser` does, with the networks and attempts of the account. */
    async delete(user: UserVersion, permit: Permit, { accountKey, event }: { accountKey: string; event: NewEvent }) {
      const { userId } = user;
      const [deleted] = await database.batch([
        deleteManagedUser({ ...user, ...permit }),
        insertEventIfChanged(event),
        forgetNetworks({ accountKey, userId }),
        forgetAttemptsOfAccount({ accountKey }),
      ]);
      return deleted.length === 1;
    },

    /** Forgets the login attempts at the account. Returns how many rows counted them. */
    async forgetAttempts(accountKey: string, event: NewEvent): Promise<number> {
      const [forgotten] = await database.batch([forgetAttemptsOfAccount({ accountKey }), insertEventIfChanged(event)]);
      return forgotten.length;
    },

    /** Stores a reset that goes out as a link. Returns `false` when the user is gone or disabled. */
    async addReset(reset: HandedReset, event: NewEvent): Promise<boolean> {
      const [inserted] = await database.batch([insertHandedReset(reset), insertEventIfChanged(event)]);
      return inserted.length === 1;
    },
  };
}

/** What somebody has who has nothing beside the password. */
const NONE: LoginFactors = { hasTotp: false, passkeys: [], recoveryCodes: 0 };

/** What to tell about a change of a user. */
type ChangeNews = { events: NewEvents; isNewAddress: boolean };

/** How many of the sessions that were revoked at `at` lived until then. */
export const countLive = (ended: { endedAt: Date }[], at: Date): number =>
  ended.filter(({ endedAt }) => endedAt.getTime() === at.getTime()).length;

/** The statement whose index finds the fewest. */
function listingOf({ email, domain, role, admin, disabled, unverified }: listings.UserListing) {
  if (email !== null) return listings.listUsersByEmail;
  if (domain !== null) return listings.listUsersByDomain;
  if (admin === 1) return listings.listAdmins;
  if (disabled === 1) return listings.listDisabledUsers;
  if (role !== null) return listings.listUsersOfRole;
  return unverified === 1 ? listings.listUnverifiedUsers : listings.listAllUsers;
}

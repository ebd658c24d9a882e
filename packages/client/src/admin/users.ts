import type { AnySession } from '../client/account.ts';
import { type Page, parsePart } from '../client/lists.ts';
import { pathOf, withQuery } from '../client/request.ts';
import type { Caller } from './caller.ts';
import type { ChangeOptions, NewUser, RemovalOptions, UserChanges, UserFilters } from './given.ts';
import {
  type AdminUser,
  type AdminUserDetails,
  countIn,
  type Delivery,
  etagIn,
  parseAdminUser,
  parseDelivery,
  parseDetails,
  parseSessionsOfUser,
} from './records.ts';
import { checkNames, toWire } from './wire.ts';

/** How many sessions a call has ended. */
type Revoked = { sessionsRevoked: number };

/** The calls under `/admin/users`. All but the lists refuse an unknown id with `unknown_user`. */
export function createUserCalls({ call, once }: Caller) {
  const userPath = (...ids: string[]) => `/users${pathOf(...ids)}`;

  async function find(query: UserFilters & Page) {
    const { body } = await call(withQuery('/users', toWire('userQuery', query)));
    const { entries, next } = parsePart(body, parseAdminUser);
    return { users: entries, next };
  }

  return {
    /**
     * A hundred users at most, newest first, or in the order of their addresses where `email` says which. `next` is the
     * `after` of the call for more; `undefined` at the end. Refusal: `invalid_request`.
     */
    find: (query: UserFilters & Page = {}): Promise<{ users: AdminUser[]; next: string | undefined }> => find(query),

    /** All users that `find` finds, one after the other. Asks for more when they are needed. */
    all: async function* (filters: UserFilters = {}): AsyncGenerator<AdminUser, void, undefined> {
      checkNames('userFilters', filters);
      let after: string | undefined;
      do {
        const { users, next } = await find({ ...filters, after });
        yield* users;
        after = next;
      } while (after !== undefined);
    },

    /** The user with this address, in any spelling; `undefined` when there is none. Refusal: `invalid_request`. */
    findByAddress: async (address: string): Promise<AdminUser | undefined> => {
      // Without a filter, this would be the newest of all users.
      if (typeof address !== 'string' || address === '') throw new TypeError('Give the address as a text.');
      return (await find({ address, limit: 1 })).users[0];
    },

    /** One user, with what tells why somebody cannot log in, and the `etag` for a change that depends on this state. */
    get: async (id: string): Promise<{ user: AdminUserDetails; etag: string }> => {
      const answer = await call(userPath(id));
      return { user: parseDetails(answer.body['data']), etag: etagIn(answer) };
    },

    /**
     * Makes an account. Without a password, the user is invited to set one: by mail, or an operator gets the link. Refusals:
     * `address_taken`; `invalid_request`; `mail_unavailable`, where an administrator cannot invite by mail.
     */
    create: async (given: NewUser): Promise<{ user: AdminUser; invitation: Delivery | undefined }> => {
      const { body } = await once('address_taken', '/users', { method: 'POST', fields: toWire('newUser', given) });
      const { data, invitation } = body;
      return { user: parseAdminUser(data), invitation: invitation === null ? undefined : parseDelivery(invitation) };
    },

    /**
     * Changes what is given, and nothing else; `changed` is `false` when all was so already. With `ifMatch`, an `etag`,
     * only while the account is as it was then. Other rights make the older access tokens of the user `expired_token`.
     * Disabling ends all sessions. Refusals: `precondition_failed`; `change_conflict`; `address_taken`; `own_account`;
     * `last_admin`, unless an operator says `lastAdmin`; `invalid_request`.
     */
    change: async (
      id: string,
      given: UserChanges,
      options: ChangeOptions = {},
    ): Promise<Revoked & { user: AdminUser; etag: string; changed: boolean }> => {
      checkNames('changeOptions', options);
      const { ifMatch, ...removal } = options;
      const path = withQuery(userPath(id), toWire('removal', removal));
      const change = { method: 'PATCH', fields: toWire('userChanges', given), ifMatch } as const;
      const answer = await (ifMatch === undefined ? call(path, change) : once('precondition_failed', path, change));
      const user = parseAdminUser(answer.body['data']);
      return {
        user,
        etag: etagIn(answer),
        changed: answer.body['changed'] === true,
        sessionsRevoked: countIn(answer, 'sessions_revoked'),
      };
    },

    /** Deletes the account, and ends its sessions. Refusals: `own_account`; `last_admin`, unless an operator says `lastAdmin`. */
    delete: async (id: string, removal: RemovalOptions = {}): Promise<Revoked> => {
      const path = withQuery(userPath(id), toWire('removal', removal));
      const answer = await once('unknown_user', path, { method: 'DELETE' });
      return { sessionsRevoked: countIn(answer, 'sessions_revoked') };
    },

    /** The live sessions of the user, newest first. */
    sessions: async (id: string): Promise<AnySession[]> =>
      parseSessionsOfUser((await call(`${userPath(id)}/sessions`)).body['data']),

    /** Ends all sessions of the user. */
    revokeSessions: async (id: string): Promise<Revoked> => {
      const answer = await call(`${userPath(id)}/sessions`, { method: 'DELETE' });
      return { sessionsRevoked: countIn(answer, 'sessions_revoked') };
    },

    /** Ends one session of the user. Also returns when it was over. Refusal: `unknown_session`. */
    revokeSession: async (id: string, sessionId: string): Promise<void> => {
      await call(`${userPath(id)}/sessions${pathOf(sessionId)}`, { method: 'DELETE' });
    },

    /** Forgets the failed attempts to log in, so that the user need not wait any more. */
    unlock: async (id: string): Promise<{ attemptsForgotten: number }> => {
      const answer = await call(`${userPath(id)}/unlock`, { method: 'POST' });
      return { attemptsForgotten: countIn(answer, 'attempts_forgotten') };
    },

    /**
     * Removes all second factors and recovery codes, for a user who has lost them, and ends all sessions. Check first who it
     * is that asks. Refusal: `operator_required`.
     */
    removeFactors: async (id: string): Promise<Revoked & { factorsRemoved: number }> => {
      const answer = await call(`${userPath(id)}/factors`, { method: 'DELETE' });
      return {
        factorsRemoved: countIn(answer, 'factors_removed'),
        sessionsRevoked: countIn(answer, 'sessions_revoked'),
      };
    },

    /**
     * Mails a link that sets another password, or gives it to an operator. By default it is mailed where the service sends
     * mail. Refusals: `operator_required` for a link; `mail_unavailable`; `user_disabled`.
     */
    resetPassword: async (id: string, options: { delivery?: 'mail' | 'link' } = {}): Promise<Delivery> => {
      const path = `${userPath(id)}/password-reset`;
      return parseDelivery((await call(path, { method: 'POST', fields: toWire('reset', options) })).body['data']);
    },
  };
}

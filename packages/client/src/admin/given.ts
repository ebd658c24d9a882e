import type { Page } from '../client/lists.ts';
import type { Jwks } from './client-records.ts';

/** Which users. All that is given must be true of them. */
export type UserFilters = {
  /** The beginning of the address, or `@` and the beginning of the domain: then in the order of addresses. */
  email?: string | undefined;
  /** Exactly this address, in any spelling. */
  address?: string | undefined;
  role?: string | undefined;
  admin?: boolean | undefined;
  disabled?: boolean | undefined;
  unverified?: boolean | undefined;
};

/** Which events. */
export type EventFilters = { userId?: string | undefined; type?: string | undefined };

/** Which events, which part of them, and in which order. */
export type EventQuery = EventFilters & Page & { order?: 'oldest' | 'newest' | undefined };

/** What administrators decide about an account. */
export type UserFields = {
  email?: string;
  emailVerified?: boolean;
  admin?: boolean;
  /** At most 32 of letters, digits and `:_-`. */
  roles?: string[];
  /** Further claims of the user's access tokens. */
  claims?: Record<string, unknown>;
  /** The language of the mails to the user; `null` when it is not known. */
  locale?: string | null;
};

/** A new account. Without a password, the service makes an invitation. */
export type NewUser = UserFields & { email: string; password?: string };

/** What becomes of an account. Fields that are left out stay as they are. */
export type UserChanges = UserFields & { disabled?: boolean };

/** What a change depends on, and what it may do. */
export type ChangeOptions = RemovalOptions & {
  /** The `etag` of the state that the account must still have. */
  ifMatch?: string;
};

/** Lets an operator remove the last administrator. */
export type RemovalOptions = { lastAdmin?: boolean };

/** Which part of all users, and what else is to become useless beside their sessions. */
export type RevocationOptions = { after?: string | undefined; resetPasswords?: boolean; restored?: boolean };

/** A new client. Without a `clientId`, the service chooses one. With `jwks`, public keys, it gets no secret. */
export type NewClient = { name: string; clientId?: string; scopes?: readonly string[]; jwks?: Jwks };

/** What becomes of a client. Fields that are left out stay as they are. */
export type ClientChanges = { name?: string; scopes?: readonly string[]; jwks?: Jwks | null; disabled?: boolean };

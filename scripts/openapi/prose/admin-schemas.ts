import { MAX_EMAIL_LENGTH } from '../../../src/domain/account/email.ts';
import { message, session, status, user } from './account-fields.ts';
import { email, password } from './credentials.ts';
import { claims, instant, line, roles, seconds, url } from './fields.ts';
import type { SchemaProse } from './schemas.ts';

const data = { description: 'The user.' };
const count = (description: string) => ({ description, ...seconds(2_147_483_647) });
const sessions_revoked = count('How many sessions lived and have ended.');
const next = { description: 'Send it as `after` to go on. `null` at the end.', ...line(300) };
const { current: _, ...listedSession } = session;

const adminUser = {
  ...user,
  second_factor: { description: 'Whether the account has an authenticator app or a passkey.' },
  disabled_on: { description: 'When the account was disabled. `null` if it is not.', ...instant },
};

/** What an administrator may set. */
const settable = {
  email: { ...email, description: `The address. In its canonical form it has at most ${MAX_EMAIL_LENGTH} characters.` },
  email_verified: { description: 'Whether the address counts as verified.' },
  admin: { description: 'Whether the user is an administrator.' },
  roles: { description: 'All roles of the user. They replace the former ones.', ...roles, uniqueItems: false },
  claims: {
    description:
      'All claims of your own in the access tokens of the user, of 1 KiB as JSON. They replace the former ones. Names that Latchkey or a standard defines are refused. Roles and claims together have about 2,100 bytes as JSON.',
    ...claims,
  },
  locale: { description: 'The language of mails to the user, or `null` for the default.' },
};

/** The bodies of the routes under `/admin`. */
export const adminSchemas: Record<string, SchemaProse> = {
  AdminUser: { description: 'An account, as administrators see it.', properties: adminUser },
  AdminUserDetails: {
    description: 'An account, with what tells why a login may fail.',
    properties: {
      ...adminUser,
      undeliverable_on: {
        description: 'When the provider said that the address takes no mail. `null` if it did not.',
        ...instant,
      },
      live_sessions: count('How many sessions of the user have not ended.'),
      factors: { description: 'What the user has beside the password.' },
      login: { description: 'What is known about logins.' },
    },
  },
  LoginState: {
    description: 'What is known about the logins of a user.',
    properties: {
      password_scheme: { description: 'How the password is hashed. `none`: no password fits.', ...line(64) },
      password_usable: {
        description:
          'Whether a password can log in. If not, the user has to reset it: the scheme is `none` or `unknown`, or the hash is of another system and no longer accepted.',
      },
      last_login_on: { description: 'When the user last logged in. `null` if no event tells.', ...instant },
      last_failed_on: { description: 'When a login last failed. `null` if no event tells.', ...instant },
      waits: { description: 'Where logins have to wait, the longest wait first.', maxItems: 100 },
    },
  },
  LoginWait: {
    description: 'A wait after wrong passwords.',
    properties: {
      until: { description: 'When the next attempt is let through.', ...instant },
      by: {
        description:
          'Who waits. `account`: all networks that the account has not logged in from. `network`: one network.',
      },
    },
  },
  Delivery: {
    description: 'How the link to choose a password reaches its user.',
    properties: {
      mailed: { description: 'Whether it goes out by mail.' },
      link: {
        description: 'The link, to hand over. `null` if it is mailed. Whoever has it can take the account.',
        ...url,
      },
      expires_on: { description: 'When the link expires.', ...instant },
    },
  },
  AdminUsersResponse: {
    description: 'A page of users.',
    properties: { status, data: { description: 'The users.', maxItems: 100 }, next },
  },
  CreateUserRequest: {
    description: 'The account to make. Only the address is needed.',
    properties: {
      ...settable,
      password: { ...password, description: `${password.description} Without it, the user is invited.` },
    },
  },
  AdminUserCreated: {
    description: 'The account that was made.',
    properties: {
      status,
      message,
      data,
      invitation: { description: 'How its user gets to choose a password. `null` if it has one.' },
    },
  },
  AdminUserResponse: {
    description: 'A user.',
    properties: { status, data },
  },
  ChangeUserRequest: {
    description: 'What is to change. All other fields stay as they are.',
    properties: { ...settable, disabled: { description: 'Whether the account is disabled.' } },
  },
  AdminUserChanged: {
    description: 'The user as it is now.',
    properties: {
      status,
      message,
      changed: { description: 'Whether anything had to be changed.' },
      data,
      sessions_revoked,
    },
  },
  AdminUserDeleted: { description: 'The user is gone.', properties: { status, message, sessions_revoked } },
  AttemptsForgotten: {
    description: 'The login attempts were forgotten.',
    properties: { status, message, attempts_forgotten: count('How many counters were deleted.') },
  },
  HandOutResetRequest: {
    description: 'How the link reaches the user.',
    properties: { delivery: { description: '`mail`, or `link` to get it in the response.' } },
  },
  ResetHandedOut: {
    description: 'The user can choose a new password.',
    properties: { status, message, data: { description: 'How the link reaches its user.' } },
  },
  AdminSession: {
    description: 'A login that has not ended. Network, country and browser are those of its last refresh.',
    properties: listedSession,
  },
  AdminSessionsResponse: {
    description: 'The live sessions of a user.',
    properties: { status, data: { description: 'The sessions, newest first.', maxItems: 100 }, next },
  },
  SessionsRevoked: {
    description: 'The sessions of a user have ended.',
    properties: { status, message, sessions_revoked },
  },
  EndAllSessionsRequest: {
    description: 'Which users come next, and what else happens to them.',
    properties: {
      after: { description: 'The `next` of the call before.', ...line(300) },
      reset_passwords: {
        description: 'Whether all passwords become useless. Users then choose a new one by mail.',
      },
      restored: {
        description:
          'Whether the database was restored from a backup. Then links that were mailed become useless too, and the versions of users go up by 1,000, so that no older token fits.',
      },
    },
  },
  AllSessionsRevoked: {
    description: 'The sessions of some users have ended.',
    properties: {
      status,
      message,
      users_changed: count('How many users this call took.'),
      sessions_revoked,
      next,
    },
  },
};

import { message, status } from './account-fields.ts';
import { email } from './credentials.ts';
import { claims, instant, line, roles, seconds, uuid } from './fields.ts';
import type { SchemaProse } from './schemas.ts';

const count = (description: string) => ({ description, ...seconds(2_147_483_647) });

const hash = {
  description:
    'The hash as the other system has made it, or one of Latchkey. `null`: the user has no password, and chooses one by a reset.',
  ...line(512),
};

const user = {
  id: { description: 'The id of the user, a UUID. Without it, the service makes one.', ...uuid },
  email: { ...email, description: 'The address of the user.' },
  password_hash: hash,
  registered_on: { description: 'When the user registered. Without it, now.', ...instant, maxLength: 40 },
  email_verified: { description: 'Whether the address is verified.' },
  admin: { description: 'Whether the user is an administrator.' },
  roles: { description: 'The roles of the user.', ...roles, uniqueItems: false },
  claims: { description: 'Claims of your own in the access tokens of the user.', ...claims },
  disabled: { description: 'Whether the account is disabled.' },
  locale: { description: 'The language of mails to the user, or `null` for the default.' },
};

/** The bodies of the routes by which users move in or out. */
export const transferSchemas: Record<string, SchemaProse> = {
  UserToImport: { description: 'A user of another system, as one line of the body.', properties: user },
  ExportedUser: {
    description: 'A user with the password hash.',
    properties: { ...user, locale: { ...user.locale, ...line(16) } },
  },
  ImportedLine: {
    description: 'What has become of a line.',
    properties: {
      line: count('The number of the line in the body, from 1.'),
      outcome: { description: '`unchanged`: this user was there before.' },
      user_id: { description: 'The id of the user. `null` for one who is refused, or new in a dry run.', ...uuid },
      errors: { description: 'What is wrong with the line, if it is refused.', maxItems: 64 },
    },
  },
  LineError: {
    description: 'What is wrong with a field of a line.',
    properties: {
      path: { description: 'The field; dots lead into objects. Empty for the line as a whole.', ...line(256) },
      message: { description: 'What the field must be. It never repeats the value.', ...line(512) },
    },
  },
  SchemeUse: {
    description: 'How many users have hashes of one price.',
    properties: {
      scheme: { description: 'The scheme of the hashes.', ...line(64) },
      parameters: { description: 'What makes them costly.', ...line(64) },
      users: count('How many lines, imported or unchanged, have such a hash.'),
      cpu_ms: count('The CPU time in milliseconds that it takes to verify one.'),
    },
  },
  UsersImported: {
    description: 'What has become of the lines.',
    properties: {
      status,
      message,
      imported: count('How many users are new.'),
      unchanged: count('How many were there before.'),
      refused: count('How many lines were refused.'),
      data: { description: 'Each line, in order.', maxItems: 500 },
      schemes: { description: 'The hashes of those imported or unchanged.', maxItems: 500 },
    },
  },
  UsersExported: {
    description: 'A page of users with their password hashes.',
    properties: {
      status,
      data: { description: 'The users.', maxItems: 500 },
      next: { description: 'Send it as `after` to go on. `null` at the end.', ...line(300) },
    },
  },
  Stats: {
    description: 'Users by the scheme of their password hash.',
    properties: { status, data: { description: 'The numbers.' } },
  },
  StatsData: {
    description: 'How many users have a hash of another system.',
    properties: {
      legacy_hashes: { description: 'By scheme, the largest number first.', maxItems: 16 },
      legacy_hashes_until: {
        description: 'The last day, in UTC, on which they are accepted. `null`: no end.',
        format: 'date',
        maxLength: 10,
      },
    },
  },
  SchemeCount: {
    description: 'How many users have hashes of a scheme.',
    properties: {
      scheme: { description: 'The scheme. `unknown`: nobody can verify the hash.', ...line(64) },
      users: count('The users.'),
    },
  },
};

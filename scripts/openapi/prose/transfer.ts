import { adminUser } from './examples.ts';
import { line, uuid } from './fields.ts';
import type { Operations } from './operation-prose.ts';

const hash = '$2b$13$Q2cWjD8nVvY0m3yC0hXq6uKkq4nJ3mG7r1b8pYJwO5r9tB6aT2sZa';

const exported = {
  id: adminUser.user_id,
  email: adminUser.email,
  password_hash: hash,
  registered_on: adminUser.registered_on,
  email_verified: true,
  admin: false,
  roles: ['editor'],
  claims: { tenant: 'acme' },
  disabled: false,
  locale: null,
};

const refused = {
  line: 2,
  outcome: 'refused',
  user_id: null,
  errors: [{ path: 'password_hash', message: 'bcrypt with cost 15: 14 at most.' }],
};

const use = { scheme: 'bcrypt', parameters: 'cost 13', users: 1, cpu_ms: 525 };

/** Users who move in or out with their password hashes. */
export const transfer: Operations = {
  'POST /admin/import': {
    operationId: 'importUsers',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Takes over users with the password hashes that another system has made. The body has 1 to 500 lines and 1 MiB at most; each line is a user as JSON (NDJSON). Lines that nothing is wrong with are stored, all in one transaction; the others are named. The same lines again change nothing, so repeat the request after a 503. An account that has the address already stays as it is. No mail goes out. `npm run import` sends whole files, also those of other systems.',
    parameters: { dry_run: { description: 'With `true`, nothing is written.', example: 'true' } },
    request: {
      description: 'A line of the body.',
      examples: {
        least: { email: adminUser.email, password_hash: hash },
        complete: exported,
        noPassword: { email: adminUser.email, password_hash: null },
      },
    },
    examples: {
      200: {
        imported: {
          status: 'success',
          message: 'Users imported.',
          imported: 1,
          unchanged: 0,
          refused: 1,
          data: [{ line: 1, outcome: 'imported', user_id: adminUser.user_id, errors: [] }, refused],
          schemes: [use],
        },
        dryRun: {
          status: 'success',
          message: 'Nothing was written.',
          imported: 1,
          unchanged: 0,
          refused: 0,
          data: [{ line: 1, outcome: 'imported', user_id: null, errors: [] }],
          schemes: [use],
        },
      },
    },
  },
  'GET /admin/export': {
    operationId: 'exportUsers',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Returns users with their password hashes, in the order of their ids, as `POST /admin/import` takes them. It is for operators: an administrator gets 403 `operator_required`. Each page is an event. A page goes on where the one before ended: send its `next` as `after`. Hashes of Latchkey that name a pepper need that pepper where they go.',
    parameters: {
      after: { description: 'The `next` of the page before.', ...uuid },
      limit: { description: 'How many users a page has at most, 1 to 500.', ...line(3), example: '500' },
    },
    examples: { 200: { users: { status: 'success', data: [exported], next: null } } },
  },
  'GET /admin/stats': {
    operationId: 'getStats',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Says how many users still have a password hash of another system, by its scheme. Such a hash is replaced when its user logs in. `unknown` is a hash that nobody can verify: its user has to reset the password.',
    examples: {
      200: {
        stats: {
          status: 'success',
          data: { legacy_hashes: [{ scheme: 'bcrypt', users: 9900 }], legacy_hashes_until: '2027-06-30' },
        },
      },
    },
  },
};

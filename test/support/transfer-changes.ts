import { type AdminChange, makeUser } from './admin-change.ts';

/** One line is JSON, too. */
const importing = (name: string, fields: object): AdminChange => ({
  name,
  events: [{ type: 'user_imported', data: { scheme: 'none' } }],
  answer: { body: { message: 'Users imported.', imported: 1, unchanged: 0 } },
  again: { body: { message: 'Users imported.', imported: 0, unchanged: 1 } },
  prepare: async () => ({
    route: 'POST /admin/import',
    headers: { 'content-type': 'application/x-ndjson' },
    body: { email: 'jane@example.org', password_hash: null, ...fields },
  }),
});

/** Users who move in or out. */
export const transferChanges: AdminChange[] = [
  importing('an import of a user', { roles: ['a'] }),
  importing('an import of a user with another id', { id: '0b9a6d0c-7c9e-4b43-9e37-5a1d6c1f2e30' }),
  {
    name: 'an export',
    by: 'operator',
    events: [{ type: 'users_exported', data: { users: 1 } }],
    ofTwo: 2,
    answer: { body: { next: null } },
    again: { body: { next: null } },
    prepare: async (service) => {
      await makeUser(service);
      return { route: 'GET /admin/export', userId: null };
    },
  },
];

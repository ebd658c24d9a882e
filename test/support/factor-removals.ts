import { type AdminChange, makeUser } from './admin-change.ts';
import { addPasskeys } from './stored-factors.ts';

const removed = { body: { message: 'Second factors removed.' } };

/** The changes of second factors that operators make. */
export const factorRemovals: AdminChange[] = [
  {
    name: 'a removal of all second factors of a user',
    by: 'operator',
    events: [{ type: 'factors_removed' }],
    answer: removed,
    again: removed,
    prepare: async (service) => {
      const user = await makeUser(service, {}, 1);
      await addPasskeys();
      return { route: `DELETE /admin/users/${user.id}/factors`, userId: user.id };
    },
  },
];

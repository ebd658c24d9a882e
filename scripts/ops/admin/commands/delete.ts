import { onAccount } from '../account.ts';
import { confirm } from '../confirm.ts';
import { placeOf } from '../place.ts';
import { count, moment } from '../table.ts';

export const deleteUser = onAccount({
  usage: { takes: '[--last-admin] [--yes]', does: 'deletes a user and all sessions, for good' },
  arity: [0, 0],
  options: ['last-admin', 'yes'],
  prepare:
    ({ options }) =>
    async (admin, { id }) => {
      const { email, registered_on: registered, live_sessions: live } = (await admin.getUser(id)).body.data;
      const who = `${email} (id ${id}), who registered ${moment(registered)} and has ${count(live, 'live session')}`;
      await confirm(`Delete ${who}, at ${admin.origin}? This cannot be undone.`, options.yes);
      const body = await admin.deleteUser(id, { lastAdmin: options['last-admin'] === true });
      const ended = `Ended ${count(body.sessions_revoked, 'session')}.`;
      return { json: body, lines: [`Deleted ${email} (id ${id})${placeOf(admin)}. ${ended}`] };
    },
});

import { Failure } from '../../../command.ts';
import { onAccount } from '../account.ts';
import { confirm } from '../confirm.ts';
import { nextCommand } from '../next-command.ts';
import { placeOf } from '../place.ts';
import { isWithoutFactors, sayFactors } from '../say-factors.ts';
import { nameInCommand } from '../reasons.ts';
import { count, moment } from '../table.ts';

export const factors = onAccount({
  usage: {
    takes: '[--remove] [--yes]',
    does: 'says which second factors a user has; --remove takes all away, with the recovery codes, and ends all sessions',
  },
  arity: [0, 0],
  options: ['remove', 'yes'],
  prepare:
    ({ options }) =>
    async (admin, { id }) => {
      const user = (await admin.getUser(id)).body.data;
      const { email, factors: known, registered_on: registered, live_sessions: live } = user;
      if (known === undefined)
        throw new Failure(`The Latchkey at ${admin.origin} knows no second factors. It is of an older version.`);
      const said = `${email} has ${sayFactors(known).replace(/^none$/, 'no second factor')}.`;
      if (options.remove !== true) return { json: { data: known }, lines: [said] };
      if (isWithoutFactors(known))
        return { json: { data: known }, lines: [said, 'Nothing was changed.'], remark: AGAIN, isDone: false };

      const who = `${email} (id ${id}), who registered ${moment(registered)} and has ${count(live, 'live session')}`;
      const what = `Remove ${sayFactors(known)}, of ${who}, at ${admin.origin}?`;
      await confirm(`${what} The password alone lets them in then. This cannot be undone.`, options.yes);
      const body = await admin.removeFactors(id);
      const { factors_removed: removed, sessions_revoked: ended } = body;
      const done = `Removed ${count(removed, 'second factor')} of ${email}${placeOf(admin)}.`;
      return {
        json: body,
        lines: [
          `${done} Ended ${count(ended, 'session')}.`,
          'If somebody else may know the password, let them choose another one:',
          `  ${nextCommand(['reset', nameInCommand(user)], admin.choice)}`,
        ],
      };
    },
});

/** The factors may be gone, and the denylist not know yet. */
const AGAIN = 'If an earlier try ended with a 503, `logout` ends the sessions everywhere.';

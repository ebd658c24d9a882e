import { confirm } from '../confirm.ts';
import { placeOf } from '../place.ts';
import { moment } from '../table.ts';
import { TOKENS_END } from './change.ts';
import { onClient } from './on-client.ts';

export const deleteMachine = onClient({
  usage: { takes: '[--yes]', does: 'deletes a client and its API keys, for good' },
  arity: [0, 0],
  options: ['yes'],
  prepare:
    ({ options }) =>
    async (admin, id) => {
      const { name, created_on: made, last_used_on: used } = (await admin.getMachine(id)).data;
      const use = used === null ? 'was never used' : `was last used ${moment(used)}`;
      const what = `${id} (${name}), which was made ${moment(made)} and ${use}, with its API keys`;
      await confirm(`Delete the client ${what}, at ${admin.origin}? This cannot be undone.`, options.yes);
      const body = await admin.deleteMachine(id);
      return { json: body, lines: [`Deleted the client ${id}${placeOf(admin)}. ${TOKENS_END}.`] };
    },
});

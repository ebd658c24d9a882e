import { onAccount } from '../account.ts';
import { deliveryLines } from '../deliver.ts';
import { placeOf } from '../place.ts';
import { count } from '../table.ts';

export const reset = onAccount({
  usage: { takes: '[--link]', does: 'mails a link to choose a password, or prints it for you to hand over' },
  arity: [0, 0],
  options: ['link'],
  prepare:
    ({ options }) =>
    async (admin, { id, name }) => {
      const body = await admin.resetPassword(id, options.link === true ? { delivery: 'link' } : {});
      return { json: body, lines: deliveryLines(body.data, name, placeOf(admin)) };
    },
});

export const unlock = onAccount({
  usage: { takes: '', does: 'forgets the attempts because of which a user has to wait' },
  arity: [0, 0],
  prepare:
    () =>
    async (admin, { id, name }) => {
      const body = await admin.unlock(id);
      const { attempts_forgotten: forgotten } = body;
      if (forgotten === 0)
        return { json: body, lines: [`Nothing was counted against ${name}. Nothing was changed.`], isDone: false };
      return {
        json: body,
        lines: [`Unlocked ${name}${placeOf(admin)}. Cleared ${count(forgotten, 'counter')} of attempts.`],
      };
    },
});

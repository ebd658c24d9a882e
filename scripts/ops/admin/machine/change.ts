import type { Admin, MachineChanges } from '../client.ts';
import type { Outcome } from '../operator-command.ts';
import { placeOf } from '../place.ts';
import type { Machine } from '../shapes.ts';
import { moment } from '../table.ts';
import { onClient } from './on-client.ts';

/** What happens to the access tokens that a client has got. Keys and introspection ask the database. */
export const TOKENS_END =
  'Its access tokens are refused: at once where the database is asked, elsewhere within a minute';

/** Sentences without their full stop, about the client as it is afterwards. `more` is one after `done`. */
type Words = {
  done: (machine: Machine) => string;
  more?: (machine: Machine) => string;
  already: (machine: Machine) => string;
};

/** Changes the client, and says what was done. */
export async function changeMachine(
  admin: Admin,
  id: string,
  changes: MachineChanges,
  { done, more, already }: Words,
): Promise<Outcome> {
  const body = await admin.changeMachine(id, changes);
  const { changed, data } = body;
  if (!changed) return { json: body, lines: [`${already(data)}. Nothing was changed.`], isDone: false };
  const then = more === undefined ? '' : ` ${more(data)}.`;
  return { json: body, lines: [`${done(data)}${placeOf(admin)}.${then}`] };
}

export const disable = onClient({
  usage: { takes: '', does: 'refuses a client, its tokens and its API keys' },
  arity: [0, 0],
  prepare: () => (admin, id) =>
    changeMachine(
      admin,
      id,
      { disabled: true },
      {
        done: () => `Disabled ${id}`,
        more: () => `It gets no token any more, and its API keys are refused. ${TOKENS_END}`,
        already: ({ disabled_on: since }) => `${id} is disabled since ${moment(since ?? '')}`,
      },
    ),
});

export const enable = onClient({
  usage: { takes: '', does: 'lets a disabled client in again' },
  arity: [0, 0],
  prepare: () => (admin, id) =>
    changeMachine(
      admin,
      id,
      { disabled: false },
      {
        done: () => `Enabled ${id}`,
        more: () => 'Its API keys work again. Access tokens from before stay refused',
        already: () => `${id} is not disabled`,
      },
    ),
});

export const rename = onClient({
  usage: { takes: 'NAME', does: 'gives a client another name; its id stays' },
  arity: [1, 1],
  prepare:
    ({ args: [name = ''] }) =>
    (admin, id) =>
      changeMachine(
        admin,
        id,
        { name },
        { done: (machine) => `${id} has the name ${machine.name}`, already: () => `${id} has this name already` },
      ),
});

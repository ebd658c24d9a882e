import type { Account } from './account.ts';
import type { Admin, Changes } from './client.ts';
import { placeOf } from './place.ts';
import type { User } from './shapes.ts';
import { count } from './table.ts';
import type { Options, Outcome } from './operator-command.ts';

type Changed = Awaited<ReturnType<Admin['changeUser']>>;

/** Sentences without their full stop, about the account as it is afterwards. `more` is one after `done`. */
export type Words = { done: (user: User) => string; more?: string; already: (user: User) => string };

/** Changes the account, and says what was done in numbers. */
export async function change(
  admin: Admin,
  { id }: Account,
  changes: Changes,
  words: Words,
  options: Options = {},
): Promise<Outcome> {
  const changed = await admin.changeUser(id, changes, { lastAdmin: options['last-admin'] === true });
  return describeChange(admin, changed, words);
}

/** What a change came to. */
export function describeChange(admin: Admin, body: Changed, { done, more, already }: Words): Outcome {
  const { changed, data, sessions_revoked: ended } = body;
  if (!changed) return { json: body, lines: [`${already(data)}. Nothing was changed.`], isDone: false };
  const isTold = ended > 0 || data.disabled_on !== null;
  const sessions = isTold ? ` Ended ${count(ended, 'session')}.` : '';
  const then = more === undefined ? '' : ` ${more}.`;
  return { json: body, lines: [`${done(data)}${placeOf(admin)}.${then}${sessions}`] };
}

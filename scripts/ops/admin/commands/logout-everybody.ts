import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../command.ts';
import type { Admin } from '../client.ts';
import { confirm } from '../confirm.ts';
import { nextCommand } from '../next-command.ts';
import { waitAfter } from '../passing.ts';
import { placeOf } from '../place.ts';
import { count } from '../table.ts';
import type { OperatorCommand } from '../operator-command.ts';

/** A chunk is tried as often. To end the sessions of the same users twice does no harm. */
const MAX_ATTEMPTS = 5;
const USUAL_WAIT_SECONDS = 2;

type Body = Parameters<Admin['endEverybody']>[0];

export const logoutEverybody: OperatorCommand = {
  usage: {
    takes: '[--reset-passwords] [--restored] [--yes]',
    does: 'ends all sessions of all users, and makes all passwords useless, or all that a restore brought back',
  },
  arity: [0, 0],
  options: ['reset-passwords', 'restored', 'yes'],
  prepare:
    ({ options }) =>
    async (admin) => {
      const body: Body = {};
      if (options['reset-passwords'] === true) body.reset_passwords = true;
      if (options.restored === true) body.restored = true;
      const passwords = body.reset_passwords === true ? ', and make all passwords useless' : '';
      const links = body.restored === true ? ', and delete all links, codes and mails that wait' : '';
      await confirm(
        `End all sessions of all users at ${admin.origin}${passwords}${links}? This cannot be undone.`,
        options.yes,
      );
      const { users, sessions } = await endAll(admin, body);
      const done = `Ended ${count(sessions, 'session')} of ${count(users, 'user')}${placeOf(admin)}.`;
      const link = nextCommand(['reset', 'EMAIL', '--link'], admin.choice);
      const reset =
        passwords === ''
          ? []
          : ['Nobody can log in until they reset the password.', `Without mail, give each a link: ${link}`];
      const json = { users_changed: users, sessions_revoked: sessions };
      return { json, lines: [done, ...reset], isDone: users + sessions > 0 };
    },
};

/** Goes through all users, and says on the way how far it came. */
async function endAll(admin: Admin, body: Body) {
  let users = 0;
  let sessions = 0;
  let after: string | null = null;
  do {
    const chunk: Awaited<ReturnType<Admin['endEverybody']>> =
      after === null ? await admin.endEverybody(body) : await endChunk(admin, { ...body, after });
    if (chunk.next !== null && chunk.next === after) throw new Failure('The service does not get any further.');
    users += chunk.users_changed;
    sessions += chunk.sessions_revoked;
    after = chunk.next;
    if (after !== null) console.error(`${count(users, 'user')}, ${count(sessions, 'session')} …`);
  } while (after !== null);
  return { users, sessions };
}

async function endChunk(admin: Admin, body: Body) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await admin.endEverybody(body);
    } catch (error) {
      const seconds = waitAfter(error, USUAL_WAIT_SECONDS);
      if (seconds === undefined || attempt === MAX_ATTEMPTS) {
        console.error('Not all users were reached. Run the command again: it begins anew, and does no harm twice.');
        throw error;
      }
      console.error(`The service is not ready. Trying again in ${seconds} s …`);
      await sleep(seconds * 1000);
    }
  }
}

import { onAccount } from '../account.ts';
import { findReasons, nameInCommand, type Reason } from '../reasons.ts';
import { moment } from '../table.ts';
import type { Details } from '../shapes.ts';

/** Enough to see who disabled an account, and what came of a reset. */
const EVENTS = '100';

export const why = onAccount({
  usage: { takes: '', does: 'says why a user cannot log in, and what to do' },
  arity: [0, 0],
  prepare:
    () =>
    async (admin, { id }) => {
      const [{ body }, events] = await Promise.all([
        admin.getUser(id),
        admin.listEvents({ user_id: id, order: 'newest', limit: EVENTS }),
      ]);
      const reasons = findReasons(body.data, events.data);
      return {
        json: { data: body.data, reasons },
        lines: [...factsOf(body.data), '', ...sayReasons(body.data, reasons)],
      };
    },
});

function factsOf({ email, registered_on: registered, live_sessions: live, login }: Details): string[] {
  const last = (iso: string | null) => (iso === null ? 'is not known' : `was ${moment(iso)}`);
  return [
    `${email} has an account, since ${moment(registered)}.`,
    `The last login ${last(login.last_login_on)}, the last failed attempt ${last(login.last_failed_on)}.`,
    `Live sessions: ${live}.`,
  ];
}

function sayReasons(user: Details, reasons: Reason[]): string[] {
  const lines = reasons.flatMap(({ text, next }) => [`- ${text}`, ...(next === undefined ? [] : [`  ${next}`])]);
  if (reasons.some(({ blocks }) => blocks)) return ['This keeps them from logging in, or may:', ...lines];
  return [
    'Nothing about the account keeps them from logging in. What else it can be:',
    ...lines,
    '- A wrong password, or another address than they believe.',
    `  npm run user -- reset ${nameInCommand(user)}`,
    '- Their network has to wait, because of attempts at other accounts too. It is over within a minute or an hour.',
    '  The log line of such a login has the event login_delayed.',
  ];
}

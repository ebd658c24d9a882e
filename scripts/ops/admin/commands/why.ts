import { onAccount } from '../account.ts';
import { nextCommand } from '../next-command.ts';
import { findReasons, lastFailureOf, nameInCommand, type Reason } from '../reasons.ts';
import { isWithoutFactors, sayFactors } from '../say-factors.ts';
import type { Details, Event } from '../shapes.ts';
import { moment } from '../table.ts';

/** Enough to see what came of a reset, and how often somebody has tried since the last login. */
const EVENTS = '100';

export const why = onAccount({
  usage: { takes: '', does: 'says why a user cannot log in, and what to do' },
  arity: [0, 0],
  prepare:
    () =>
    async (admin, { id }) => {
      const newest = { user_id: id, order: 'newest' };
      const [{ body }, events, disabling] = await Promise.all([
        admin.getUser(id),
        admin.listEvents({ ...newest, limit: EVENTS }),
        // Who is disabled may have tried to log in a hundred times since.
        admin.listEvents({ ...newest, limit: '1', type: 'user_disabled' }),
      ]);
      const user = body.data;
      const reasons = findReasons(user, [...events.data, ...disabling.data], admin.choice);
      const reset = nextCommand(['reset', nameInCommand(user)], admin.choice);
      return {
        json: { data: user, reasons },
        lines: [...factsOf(user, events.data), '', ...sayReasons(user, reasons, reset)],
      };
    },
});

function factsOf(user: Details, events: Event[]): string[] {
  const { email, registered_on: registered, live_sessions: live, login } = user;
  const last = (iso = '') => (iso === '' ? 'is not known' : `was ${moment(iso)}`);
  return [
    `${email} has an account, since ${moment(registered)}.`,
    `The last login ${last(login.last_login_on ?? undefined)}, the last failed attempt ${last(lastFailureOf(user, events))}.`,
    `Live sessions: ${live}.`,
    ...sayHavingFactors(user),
  ];
}

/** Nothing of a service that is older than second factors. The service does not tell what its SECOND_FACTOR is. */
function sayHavingFactors({ admin, factors }: Details): string[] {
  if (factors === undefined) return [];
  const said = `Second factors: ${sayFactors(factors)}.`;
  if (!isWithoutFactors(factors)) return [said];
  const settings = admin ? 'SECOND_FACTOR=admins or required' : 'SECOND_FACTOR=required';
  return [`${said} With ${settings}, they have to set one up at the login. This command does not know the setting.`];
}

function sayReasons({ factors }: Details, reasons: Reason[], reset: string): string[] {
  const blocking = reasons.filter(({ blocks }) => blocks).flatMap(sayReason);
  const others = reasons.filter(({ blocks }) => !blocks).flatMap(sayReason);
  const notes = others.length === 0 ? [] : ['', 'What else is known:', ...others];
  if (blocking.length > 0) return ['This keeps them from logging in, or may:', ...blocking, ...notes];
  const lacks = factors !== undefined && isWithoutFactors(factors);
  const but = lacks ? ', unless SECOND_FACTOR asks for a second factor' : '';
  const forgotten = factors === undefined || lacks ? [] : ['- a second factor that they do not have with them;'];
  return [
    `Nothing about the account keeps them from logging in${but}. It can be:`,
    '- a wrong password, or another address than they believe;',
    `  ${reset}`,
    ...forgotten,
    '- a network that has to wait, because of attempts at other accounts too. It is over in an hour at most.',
    '  The log line of such a login has the event login_delayed.',
    ...notes,
  ];
}

const sayReason = ({ text, next }: Reason) => [`- ${text}`, ...(next === undefined ? [] : [`  ${next}`])];

import { nextCommand } from './next-command.ts';
import type { Details, Event } from './shapes.ts';
import { count, moment } from './table.ts';
import type { Choice } from './target.ts';

/** Something that the operator should know of an account. `blocks`: it keeps the user from logging in. */
export type Reason = { code: string; blocks: boolean; text: string; next?: string };

/**
 * What keeps `user` from logging in, or makes it hard. `events` are those of the user, newest first. The next commands
 * are for the service that `choice` names.
 */
export function findReasons(user: Details, events: Event[], choice: Choice = {}): Reason[] {
  const run = (command: string, ...more: string[]) => nextCommand([command, nameInCommand(user), ...more], choice);
  const reasons: (Reason | undefined)[] = [
    user.disabled_on === null
      ? undefined
      : {
          code: 'disabled',
          blocks: true,
          text: `The account is disabled since ${moment(user.disabled_on)}${byWhom(events)}.`,
          next: run('enable'),
        },
    findUselessPassword(user, run('reset')),
    ...user.login.waits.map(({ until, by }) => ({
      code: 'has_to_wait',
      blocks: true,
      text: `${waiterOf(by)} to wait until ${moment(until)}, because of earlier attempts.`,
      next: run('unlock'),
    })),
    findFailures(user, events),
    findWrongFactors(user, events, run('factors', '--remove')),
    user.undeliverable_on === null
      ? undefined
      : {
          code: 'undeliverable',
          blocks: false,
          text: `Mail to this address came back, since ${moment(user.undeliverable_on)}. No link to reset the password arrives.`,
          next: `${run('reset', '--link')}, or ${run('email', 'NEW')}`,
        },
    findStaleReset(user, events, run('reset')),
    user.email_verified
      ? undefined
      : {
          code: 'unverified',
          blocks: false,
          text: 'The address is not verified. This keeps nobody from logging in here; your applications may refuse them.',
          next: run('verify'),
        },
  ];
  return reasons.filter((reason) => reason !== undefined);
}

/** An address can hold what a shell obeys, and operators copy these commands. */
export function nameInCommand({ email, user_id: id }: Pick<Details, 'email' | 'user_id'>): string {
  return /^[\w.+-]+@[\w.-]+$/.test(email) && !email.startsWith('-') ? email : id;
}

/** Why no password can be right. */
function findUselessPassword({ login }: Details, next: string): Reason | undefined {
  const { password_scheme: scheme, password_usable: usable } = login;
  if (scheme === 'none') {
    const text =
      'No password can be right: none was chosen yet, or an operator has made all useless. They need a link.';
    return { code: 'no_password', blocks: true, text, next };
  }
  if (usable !== false) return undefined;
  const why =
    scheme === 'unknown'
      ? 'nobody can verify the hash that is stored'
      : `the hash is still that of another system (${scheme}), and LEGACY_HASHES_UNTIL or FIREBASE_SCRYPT rules it out`;
  return { code: 'unusable_hash', blocks: true, text: `No password can be right: ${why}. They need a link.`, next };
}

const waiterOf = (by: string) =>
  by === 'network'
    ? 'Whoever tries from a certain network has'
    : 'Everybody on a network where this account has not logged in before has';

function byWhom(events: Event[]): string {
  const actor = events.find(({ type }) => type === 'user_disabled')?.actor;
  if (actor === undefined) return '';
  return ` by ${actor.startsWith('admin:') ? `the administrator ${actor.slice('admin:'.length)}` : `the ${actor}`}`;
}

const lastLoginOf = ({ login }: Details) =>
  login.last_login_on === null ? -Infinity : Date.parse(login.last_login_on);

const FAILURES = new Set(['login_failed', 'login_delayed']);

/** When somebody last tried in vain. The service counts an attempt that had to wait as an event only. */
export function lastFailureOf({ login }: Details, events: Event[]): string | undefined {
  const known = events.flatMap(({ type, at }) => (FAILURES.has(type) ? [at] : []));
  const times = login.last_failed_on === null ? known : [login.last_failed_on, ...known];
  return times.toSorted((one, other) => Date.parse(other) - Date.parse(one))[0];
}

/** Attempts that failed since the last login. Of those that had to wait, the events hold one a minute. */
function findFailures(user: Details, events: Event[]): Reason | undefined {
  const since = events.filter(({ at }) => Date.parse(at) > lastLoginOf(user));
  const failed = since.filter(({ type }) => FAILURES.has(type));
  const [last] = failed;
  const time = lastFailureOf(user, events);
  if (last === undefined || time === undefined) return undefined;
  const from = [last.address_prefix, last.country].filter((part) => part !== null).join(', ');
  const place = from === '' ? '' : ` from ${from}`;
  const isWrong = failed.every(({ data }) => data?.['reason'] === 'wrong_password');
  const how = isWrong ? ' with a wrong password' : '';
  const waited = failed.some(({ type }) => type === 'login_delayed') ? ' Some had to wait, whatever the password.' : '';
  const text = `At least ${count(failed.length, 'attempt')} failed${how} since the last login, the last ${moment(time)}${place}.${waited}`;
  return { code: 'failed_attempts', blocks: false, text };
}

/** Wrong codes and passkeys, after a right password or in a session. */
function findWrongFactors(user: Details, events: Event[], next: string): Reason | undefined {
  const since = events.filter(({ type, at }) => type === 'factor_failed' && Date.parse(at) > lastLoginOf(user));
  const [last] = since;
  if (last === undefined) return undefined;
  const text = `A second factor was wrong ${count(since.length, 'time')} since the last login, the last ${moment(last.at)}. Can they use a recovery code? If they have lost everything, and you are sure who asks:`;
  return { code: 'wrong_factor', blocks: true, text, next };
}

/** A reset that was begun, and that nothing came of. */
function findStaleReset(user: Details, events: Event[], next: string): Reason | undefined {
  const newest = events.find(({ type }) => RESETS.has(type));
  if (newest?.type !== 'password_reset_asked' || Date.parse(newest.at) < lastLoginOf(user)) return undefined;
  const text = `A link to choose a password went out ${moment(newest.at)} and was not used. It may be too old by now.`;
  return { code: 'stale_reset', blocks: false, text, next };
}

const RESETS = new Set(['password_reset_asked', 'password_reset', 'password_changed']);

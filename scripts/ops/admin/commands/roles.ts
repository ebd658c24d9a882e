import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, UsageError } from '../../../command.ts';
import { onAccount } from '../account.ts';
import type { Admin } from '../client.ts';
import { describeChange } from '../change.ts';
import { isRefusal } from '../service-error.ts';
import { SPREAD } from './rights.ts';

const ROLE = /^[a-z0-9:_-]{1,64}$/;

/** As often as somebody else may change the same account meanwhile. */
const MAX_ATTEMPTS = 10;

/** Those who change the same account at once wait at random, so that each gets its turn. */
const MAX_WAIT_MS = 200;

type Edit = (roles: string[]) => string[];

export const roles = onAccount({
  usage: { takes: '[+R -R... | R,R | --none]', does: 'shows the roles of a user; adds and removes some; replaces all' },
  arity: [0, Infinity],
  options: ['none'],
  prepare: ({ args, options }) => {
    const edit = parseEdit(args, options.none === true);
    return async (admin, { id }) => {
      if (edit === undefined) {
        const { roles } = (await admin.getUser(id)).body.data;
        return { json: { data: roles }, lines: roles.length === 0 ? ['none'] : roles };
      }
      return describeChange(admin, await editRoles(admin, id, edit), {
        done: ({ email, roles }) => `${email} has ${sayRoles(roles)}`,
        more: SPREAD,
        already: ({ email, roles }) => `${email} has ${sayRoles(roles)}`,
      });
    };
  },
});

const sayRoles = (roles: string[]) =>
  roles.length === 0 ? 'no role' : `the role${roles.length === 1 ? '' : 's'} ${roles.join(', ')}`;

/** Reads, edits and writes the roles, until nobody else has written between (RFC 9110, section 13.1.1). */
async function editRoles(admin: Admin, id: string, edit: Edit) {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { body, etag } = await admin.getUser(id);
    // Without a tag, a change that somebody else makes now would be lost.
    if (etag === undefined) throw new Failure('The service sent no ETag, so roles cannot be added or removed safely.');
    try {
      return await admin.changeUser(id, { roles: edit(body.data.roles) }, { ifMatch: etag });
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRefusal(error, 'precondition_failed')) throw error;
      await sleep(randomInt(MAX_WAIT_MS));
    }
  }
  throw new TypeError('the loop returns or throws');
}

/** What the arguments do to a list of roles; `undefined` when they only ask for it. */
export function parseEdit(args: string[], isNone: boolean): Edit | undefined {
  if (isNone && args.length > 0) throw new UsageError('--none takes no roles.');
  if (isNone) return () => [];
  const [first] = args;
  if (first === undefined) return undefined;
  const signed = args.filter((arg) => /^[+-]/.test(arg));
  if (signed.length === 0 && args.length === 1) {
    const all = namesOf([first.split(',')].flat());
    return () => all;
  }
  if (signed.length < args.length)
    throw new UsageError('Give either +ROLE and -ROLE, or all roles in one word, with commas.');
  const of = (sign: string) => namesOf(args.filter((arg) => arg.startsWith(sign)).map((arg) => arg.slice(1)));
  const [added, removed] = [of('+'), of('-')];
  if (added.some((name) => removed.includes(name))) throw new UsageError('A role is both added and removed.');
  return (roles) => [...new Set([...roles, ...added])].filter((role) => !removed.includes(role));
}

function namesOf(names: string[]): string[] {
  if (names.every((name) => ROLE.test(name))) return names;
  throw new UsageError('A role is 1 to 64 characters of a-z, 0-9, colon, underscore and hyphen.');
}

import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROLE } from '../../../../src/crypto/bounds.ts';
import { Failure } from '../../../command.ts';
import { onAccount } from '../account.ts';
import type { Admin } from '../client.ts';
import { describeChange } from '../change.ts';
import { type Edit, parseEdit } from '../edit-names.ts';
import { isRefusal } from '../service-error.ts';
import { SPREAD } from './rights.ts';

const ROLES = {
  grammar: ROLE,
  noun: 'role',
  rule: 'A role is 1 to 64 characters of a-z, 0-9, colon, underscore and hyphen.',
};

/** As often as somebody else may change the same account meanwhile. */
const MAX_ATTEMPTS = 10;

/** Those who change the same account at once wait at random, so that each gets its turn. */
const MAX_WAIT_MS = 200;

export const roles = onAccount({
  usage: { takes: '[+R -R... | R,R | --none]', does: 'shows the roles of a user; adds and removes some; replaces all' },
  arity: [0, Infinity],
  options: ['none'],
  prepare: ({ args, options }) => {
    const edit = parseEdit(args, options.none === true, ROLES);
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

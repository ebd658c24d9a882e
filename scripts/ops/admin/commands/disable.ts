import { onAccount } from '../account.ts';
import { change } from '../change.ts';
import { moment } from '../table.ts';

export const disable = onAccount({
  usage: { takes: '[--last-admin]', does: 'ends all sessions of a user, and lets nobody log in' },
  arity: [0, 0],
  options: ['last-admin'],
  prepare:
    ({ options }) =>
    (admin, account) =>
      change(
        admin,
        account,
        { disabled: true },
        {
          done: (user) => `Disabled ${user.email}`,
          already: (user) => `${user.email} is disabled since ${moment(user.disabled_on ?? '')}`,
        },
        options,
      ),
});

export const enable = onAccount({
  usage: { takes: '', does: 'lets a disabled user log in again' },
  arity: [0, 0],
  prepare: () => (admin, account) =>
    change(
      admin,
      account,
      { disabled: false },
      {
        done: (user) => `Enabled ${user.email}`,
        more: 'Earlier sessions stay over',
        already: (user) => `${user.email} is not disabled`,
      },
    ),
});

import { onAccount, parseAddress } from '../account.ts';
import { change } from '../change.ts';

export const email = onAccount({
  usage: { takes: 'NEW', does: 'gives a user another address' },
  arity: [1, 1],
  prepare: ({ args: [address = ''] }) => {
    parseAddress(address);
    return (admin, account) =>
      change(
        admin,
        account,
        { email: address },
        {
          done: (user) => `The address of ${account.name} is ${user.email} now`,
          already: (user) => `${user.email} is the address already`,
        },
      );
  },
});

export const verify = onAccount({
  usage: { takes: '', does: 'marks the address of a user as verified' },
  arity: [0, 0],
  prepare: () => (admin, account) =>
    change(
      admin,
      account,
      { email_verified: true },
      {
        done: (user) => `${user.email} is verified`,
        already: (user) => `${user.email} is verified already`,
      },
    ),
});

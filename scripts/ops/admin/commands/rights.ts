import { UsageError } from '../../../command.ts';
import { onAccount } from '../account.ts';
import { change } from '../change.ts';
import { parseJson } from '../../../secrets/parse.ts';

/** They are refused as expired, so clients refresh into the new rights. */
export const SPREAD = 'Older access tokens are refused within a minute';

export const admin = onAccount({
  usage: { takes: 'on|off [--last-admin]', does: 'makes a user an administrator, or takes that away' },
  arity: [1, 1],
  options: ['last-admin'],
  prepare: ({ args: [word], options }) => {
    if (word !== 'on' && word !== 'off') throw new UsageError('Say on or off.');
    const is = word === 'on' ? 'an administrator' : 'not an administrator';
    return (admin, account) =>
      change(
        admin,
        account,
        { admin: word === 'on' },
        {
          done: ({ email }) => `${email} is ${word === 'on' ? is : 'no administrator any more'}`,
          more: SPREAD,
          already: ({ email }) => `${email} is ${is}`,
        },
        options,
      );
  },
});

export const claims = onAccount({
  usage: { takes: `['{"NAME":VALUE}']`, does: 'shows the claims of a user, or replaces all of them' },
  arity: [0, 1],
  prepare: ({ args: [json] }) => {
    const wanted = json === undefined ? undefined : parseClaims(json);
    return async (admin, account) => {
      if (wanted === undefined) {
        const { claims } = (await admin.getUser(account.id)).body.data;
        return { json: { data: claims }, lines: [JSON.stringify(claims)] };
      }
      return change(
        admin,
        account,
        { claims: wanted },
        {
          done: ({ email, claims }) => `${email} has the claims ${JSON.stringify(claims)}`,
          more: SPREAD,
          already: ({ email }) => `${email} has these claims already`,
        },
      );
    };
  },
});

function parseClaims(text: string): Record<string, unknown> {
  const claims = parseJson(text);
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
    throw new UsageError(`Claims are a JSON object in single quotes, such as '{"plan":"pro"}'.`);
  return { ...claims };
}

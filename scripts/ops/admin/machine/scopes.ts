import { parseEdit } from '../edit-names.ts';
import { changeMachine, TOKENS_END } from './change.ts';
import { onClient } from './on-client.ts';
import { SCOPES, sayScopes } from './scope-names.ts';

export const scopes = onClient({
  usage: {
    takes: '[+S -S... | S,S | --none]',
    does: 'shows the scopes of a client; adds and removes some; replaces all',
  },
  arity: [0, Infinity],
  options: ['none'],
  prepare: ({ args, options }) => {
    const edit = parseEdit(args, options.none === true, SCOPES);
    return async (admin, id) => {
      const { scopes: before } = (await admin.getMachine(id)).data;
      if (edit === undefined) return { json: { data: before }, lines: before.length === 0 ? ['none'] : before };
      const after = edit(before);
      const isLess = before.some((scope) => !after.includes(scope));
      return changeMachine(
        admin,
        id,
        { scopes: after },
        {
          done: ({ scopes }) => `${id} has ${sayScopes(scopes)}`,
          more: () => (isLess ? TOKENS_END : 'New access tokens have them'),
          already: ({ scopes }) => `${id} has ${sayScopes(scopes)}`,
        },
      );
    };
  },
});

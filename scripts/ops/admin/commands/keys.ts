import { onAccount } from '../account.ts';
import { listKeys, parseKeyId } from '../keys.ts';
import { placeOf } from '../place.ts';
import { readPages } from '../read-pages.ts';

export const keys = onAccount({
  usage: { takes: '', does: 'lists the API keys of a user' },
  arity: [0, 0],
  prepare:
    () =>
    async (admin, { id, name }) =>
      listKeys(await readPages((query) => admin.listUserKeys(id, query)), name),
});

export const revokeKey = onAccount({
  usage: { takes: 'KEY', does: 'revokes an API key of a user; KEY is its id' },
  arity: [1, 1],
  prepare: ({ args: [key = ''] }) => {
    const keyId = parseKeyId(key);
    return async (admin, { id, name }) => {
      const body = await admin.revokeUserKey(id, keyId);
      return { json: body, lines: [`Revoked the key ${keyId} of ${name}${placeOf(admin)}.`] };
    };
  },
});

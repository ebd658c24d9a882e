import {
  type GivenKey,
  keyFields,
  type KeyPage,
  type NewApiKey,
  pageFields,
  parseKeys,
  parseNewKey,
} from './api-keys.ts';
import type { Page } from './lists.ts';
import { type Call, pathOf, withQuery } from './request.ts';
import type { Fields } from './response.ts';

const PATH = '/auth/keys';

/** The methods with which people make API keys for their programs. `call` sends the access token. */
export function createKeyCalls(call: (path: string, options?: Call) => Promise<Fields>) {
  return {
    /**
     * Makes an API key. Nobody can read its `key` again. If a response is lost, the repeat makes another key: revoke the
     * one whose `key` you never got. Refusals: `invalid_request`, also for a scope that the user does not have;
     * `keys_closed`, where users have no scopes; `too_many_keys`; `change_conflict`.
     */
    createKey: async (given: GivenKey): Promise<NewApiKey> =>
      parseNewKey(await call(PATH, { method: 'POST', fields: keyFields(given) })),

    /**
     * The API keys of the user, newest first, a hundred at most. `next` is the `after` of the call for older ones;
     * `undefined` at the end. Revoked ones are left out.
     */
    keys: async (page: Page = {}): Promise<KeyPage> => parseKeys(await call(withQuery(PATH, pageFields(page)))),

    /** Revokes an API key. Also returns when it was revoked before. Refusal: `unknown_key`. */
    revokeKey: async (keyId: string): Promise<void> => {
      await call(PATH + pathOf(keyId), { method: 'DELETE' });
    },
  };
}

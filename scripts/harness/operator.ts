import assert from 'node:assert/strict';
import { devVarsOf } from '../dev/vars.ts';
import { type Changes, createAdmin } from '../ops/admin/client.ts';
import { readDevKeys } from '../ops/admin/operator-keys.ts';
import { makeOperatorToken } from '../ops/admin/operator-token.ts';

/** Changes the user with the address `address`, as an operator of the service that the tests have started at `url`. */
export async function changeUser(url: string, address: string, changes: Changes): Promise<void> {
  const { keys } = await readDevKeys(devVarsOf('wrangler.toml'));
  const admin = createAdmin({ origin: url, token: () => makeOperatorToken(keys, url) });
  const { data } = await admin.findUsers({ address });
  const [user] = data;
  assert.ok(user !== undefined);
  await admin.changeUser(user.user_id, changes);
}

import assert from 'node:assert/strict';
import { devVarsOf } from '../dev/vars.ts';
import { type Admin, type Changes, createAdmin } from '../ops/admin/client.ts';
import { readDevKeys } from '../ops/admin/operator-keys.ts';
import { makeOperatorToken } from '../ops/admin/operator-token.ts';

/** The admin API of the service that the tests have started at `url`, for an operator. */
export async function operatorOf(url: string): Promise<Admin> {
  const { keys } = await readDevKeys(devVarsOf('wrangler.toml'));
  return createAdmin({ origin: url, token: () => makeOperatorToken(keys, url) });
}

/** Changes the user with the address `address`, as an operator of the service that the tests have started at `url`. */
export async function changeUser(url: string, address: string, changes: Changes): Promise<void> {
  const admin = await operatorOf(url);
  const { data } = await admin.findUsers({ address });
  const [user] = data;
  assert.ok(user !== undefined);
  await admin.changeUser(user.user_id, changes);
}

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { command } from '../../../scripts/ops/client.ts';
import { findConfigProblems } from '../../../src/config/config.ts';
import { call } from '../call.ts';

it('prints a secret for the client, and its hash for the service', async () => {
  const { status, stdout } = await call(command, 'orders.api-2');
  expect(status).toBe(0);
  const [, secret = ''] = /client_secret +([\w-]{43})\n/.exec(stdout) ?? [];
  const [, OAUTH_CLIENTS = ''] = /^OAUTH_CLIENTS=(.*)$/m.exec(stdout) ?? [];
  expect(OAUTH_CLIENTS).toBe(`orders.api-2:${createHash('sha256').update(secret).digest('base64url')}`);
  expect(findConfigProblems({ OAUTH_CLIENTS }).map(({ field }) => field)).not.toContain('OAUTH_CLIENTS');
  expect((await call(command, 'orders.api-2')).stdout).not.toContain(secret);
});

it.each([[], [''], ['a:b'], ['a,b'], ['.a'], ['x'.repeat(65)], ['a', 'b']])('refuses the id %j', async (...args) => {
  expect(await call(command, ...args)).toMatchObject({ status: 2, stdout: '' });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { findConfigProblems } from '../../../src/config/config.ts';

function run(...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/ops/client.ts', ...args], { encoding: 'utf8' });
  return { status, stdout };
}

it('prints a secret for the client, and its hash for the service', () => {
  const { status, stdout } = run('orders.api-2');
  expect(status).toBe(0);
  const [, secret = ''] = /client_secret +([\w-]{43})\n/.exec(stdout) ?? [];
  const [, OAUTH_CLIENTS = ''] = /^OAUTH_CLIENTS=(.*)$/m.exec(stdout) ?? [];
  expect(OAUTH_CLIENTS).toBe(`orders.api-2:${createHash('sha256').update(secret).digest('base64url')}`);
  expect(findConfigProblems({ OAUTH_CLIENTS }).map(({ field }) => field)).not.toContain('OAUTH_CLIENTS');
  expect(run('orders.api-2').stdout).not.toContain(secret);
});

it.each([[], [''], ['a:b'], ['a,b'], ['x'.repeat(65)], ['--help'], ['a', 'b']])('refuses the id %j', (...args) => {
  expect(run(...args)).toMatchObject({ status: 2, stdout: '' });
});

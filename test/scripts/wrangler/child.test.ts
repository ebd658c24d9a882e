import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('ends with the exit code of wrangler when wrangler fails', async () => {
  const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
  const args = ['scripts/wrangler/child.ts', 'dev', '--no-such-flag'];
  const [code] = await once(spawn(process.execPath, args, { stdio: [...stdio] }), 'exit');
  expect(code).toBe(1);
});

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { scripts } from '../../package.json';

const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' });

it('starts every TypeScript file of an npm script, so that no Node fails at its extension', () => {
  const commands = Object.values(scripts);
  expect(commands.filter((command) => /\bnode .*\.ts\b/.test(command))).toEqual([]);
  expect(commands.filter((command) => command.startsWith('node scripts/run.js ')).length).toBeGreaterThan(10);
});

it('says what to do on a Node that cannot run TypeScript', () => {
  // As an old Node, this one knows no types.
  const { status, stdout, stderr } = run('--no-strip-types', 'scripts/run.js', 'ops/client', 'orders');
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Latchkey's scripts need Node 22\.18 or newer, and this is Node \d+\.\d+\.\d+\.\n/);
  expect(stderr).toContain('run `npm ci` again, without --ignore-scripts');
  expect(stderr).not.toContain('    at ');
});

it('hands the arguments on, and the exit code back', () => {
  expect(run('scripts/run.js', 'ops/client', 'orders.api')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('orders.api:'),
  });
  expect(run('scripts/run.js', 'ops/client')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^usage: /) });
});

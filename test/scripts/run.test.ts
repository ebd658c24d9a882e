import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scripts } from '../../package.json';

const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' });

it('starts every TypeScript file of an npm script', () => {
  const commands = Object.values(scripts);
  expect(commands.filter((command) => /\bnode .*\.ts\b/.test(command))).toEqual([]);
  expect(commands.filter((command) => command.startsWith('node scripts/run.js ')).length).toBeGreaterThan(10);
});

it('says what to do on a Node that cannot run TypeScript', () => {
  // This Node, told to behave like an old one.
  const { status, stdout, stderr } = run('--no-strip-types', 'scripts/run.js', 'ops/client', 'orders');
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Latchkey's scripts need Node 22\.18 or newer, and this is Node \d+\.\d+\.\d+\.\n/);
  expect(stderr).toContain('run `npm ci` again, without --ignore-scripts');
  expect(stderr).not.toContain('    at ');
});

it('says what to do when the packages are not installed', () => {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-run-'));
  for (const part of ['src', 'scripts', 'package.json']) cpSync(part, join(home, part), { recursive: true });
  expect(run(join(home, 'scripts/run.js'), 'ops/doctor')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: 'A package is not installed. Run `npm ci` first.\n',
  });
  rmSync(home, { recursive: true });
});

it('passes the arguments to the script, and exits with its exit code', () => {
  expect(run('scripts/run.js', 'ops/client', 'orders.api')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('orders.api:'),
  });
  expect(run('scripts/run.js', 'ops/client')).toMatchObject({ status: 2, stdout: '' });
});

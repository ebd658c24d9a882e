import { expect, it } from 'vitest';
import { type Command, runCommand } from '../../scripts/command.ts';
import { findLostOptions } from '../../scripts/lost-options.ts';

const usage =
  'npm run it -- [--port PORT] [--persist-to=FOLDER] [--env NAME]\n       npm run --silent it -- --env NAME';

it.each([
  [[], { npm_config_port: 'true' }, ['--port']],
  [['/tmp'], { npm_config_persist_to: 'true', npm_config_env: 'staging' }, ['--persist-to', '--env']],
  // An empty value is a setting of npm that is off.
  [[], { npm_config_port: '', npm_config_registry: 'x', npm_config_silent: 'true' }, []],
  // A script that runs inside another one has the environment of that.
  [['--port', '1', '--env=next'], { npm_config_port: 'true', npm_config_env: 'next' }, []],
])('tells which options npm has taken: %j with %j', (args, env, lost) => {
  expect(findLostOptions(usage, args, env)).toEqual(lost);
});

it('refuses to run a script without an option that npm has taken', async () => {
  let hasRun = false;
  const command: Command = { usage, run: () => void (hasRun = true) };
  expect(await runCommand(command, ['staging'], { npm_config_env: 'true' })).toBe(2);
  expect(hasRun).toBe(false);
  expect(await runCommand(command, ['--env', 'staging'], {})).toBe(0);
  expect(hasRun).toBe(true);
});

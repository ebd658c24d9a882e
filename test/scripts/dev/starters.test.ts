import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** Prints the starters of its process until npm has ended. */
const program = `
  import { findStarters } from ${JSON.stringify(pathToFileURL('scripts/dev/starters.ts').href)};
  const look = () => {
    const starters = findStarters();
    console.log(starters?.join() ?? 'npm has ended');
    if (starters !== undefined) setTimeout(look, 100);
  };
  look();`;

/** Starts `program` as npm would: through a shell that waits for it. */
const npm = `
  import { spawn } from 'node:child_process';
  const env = { ...process.env, npm_lifecycle_event: 'dev', NODE: process.execPath, PROGRAM: process.argv[1] };
  spawn('"$NODE" --input-type=module -e "$PROGRAM"; exit $?', { shell: true, env, stdio: 'inherit' });`;

it('finds npm, which started the script, and notices that npm has ended', { timeout: 60_000 }, async () => {
  // It leads a process group, as a command in a terminal does.
  const child = spawn(process.execPath, ['--input-type=module', '-e', npm, program], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child.stdout, 'data');
  expect(output.split('\n')[0]?.split(',')).toContain(String(child.pid));
  child.kill('SIGKILL');
  // The stream closes when the last process that writes to it has ended.
  await once(child.stdout, 'close');
  expect(output).toMatch(/\nnpm has ended\n$/);
});

import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../command.ts';
import { findFreePort } from '../../dev/ports.ts';
import { statusOf } from '../../dev/status-of.ts';
import { startProcess } from '../../harness/process.ts';
import { createProject } from '../../packed/project.ts';
import { packClient } from '../../packed/tarball.ts';

const EXAMPLE = 'examples/vite-page';
const PROBE = 'scripts/browser/client/probe';
const FIRST_PORT = 25_173 + randomInt(2000);

/** Builds both pages. The example alone needs no configuration. */
const CONFIG = `export default { build: { rolldownOptions: { input: ['index.html', 'probe.html'] } } };\n`;

let serving: Promise<string> | undefined;

/**
 * The origin of the example and of the probe page, whose Latchkey is at `url`. They are in a project in `state`, with
 * the package as npm would install it. Made once.
 */
export function servePages({ url, state }: { url: string; state: string }): Promise<string> {
  return (serving ??= buildAndServe(url, state));
}

async function buildAndServe(url: string, state: string): Promise<string> {
  const example = readFiles(EXAMPLE);
  const main = example['main.ts']?.replace('http://localhost:8787', url);
  if (main?.includes(url) !== true) throw new Failure(`${EXAMPLE}/main.ts does not name the Latchkey on port 8787.`);
  const files = { ...example, ...readFiles(PROBE), 'main.ts': main, 'vite.config.js': CONFIG };
  const { folder } = createProject(packClient(state), { files }, state);
  execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return serve(folder);
}

/** Serves the built pages on a free port. Returns their origin. */
async function serve(folder: string): Promise<string> {
  const port = await findFreePort(FIRST_PORT);
  const origin = `http://localhost:${port}`;
  const vite = join(folder, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'preview', folder, '--host', 'localhost', '--port', String(port), '--strictPort'];
  const isUp = async () => (await statusOf(`${origin}/probe.html`)) === 200;
  await startProcess({ command: process.execPath, args, url: origin, isQuiet: true, isUp });
  return origin;
}

/** The files of `folder` by name, without its folders. */
function readFiles(folder: string): Record<string, string> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]));
}

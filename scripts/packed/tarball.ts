import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../command.ts';

const PACKAGE = 'packages/client';

/** What `npm publish` would upload: the path of the file, and the paths inside it. */
export type Tarball = { path: string; files: string[] };

/** Builds the client package and packs it into `folder`, as `npm publish` would. */
export function packClient(folder: string): Tarball {
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', folder];
  const { status, stdout } = spawnSync('npm', args, {
    cwd: PACKAGE,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Failure('The client package could not be packed: npm says why, above.');
  // The build prints its name first.
  const [packed] = packResult.parse(JSON.parse(stdout.slice(stdout.search(/^\[/m))));
  if (packed === undefined) throw new TypeError('npm packed nothing');
  return { path: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}

const packResult = z.array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }));

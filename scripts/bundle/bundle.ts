import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Failure } from '../command.ts';
import { WRANGLER } from '../wrangler/cli.ts';
import { largestFirst, nameText, type Part, partsOf } from './parts.ts';

const run = promisify(execFile);

/** A file of a bundle, and what a Worker imports it as. */
export type Module = { type: 'ESModule' | 'Text'; path: string; contents: string };

/**
 * A Worker as a deploy would upload it, without source maps: its configuration, its modules, the main one first, its
 * size in bytes, and its parts before gzip, the largest first.
 */
export type Bundle = {
  config: string;
  folder: string;
  modules: Module[];
  bytes: number;
  gzippedBytes: number;
  parts: Part[];
};

/**
 * Bundles the Worker of the configuration `config` as `wrangler deploy` does, in a new folder inside `folder`. With
 * `isReadable`, names and lines stay, for a profile. Rejects with `Failure` when wrangler refuses.
 */
export async function bundleWorker(
  config: string,
  { folder, isReadable = false }: { folder: string; isReadable?: boolean },
): Promise<Bundle> {
  const out = mkdtempSync(join(folder, 'bundle-'));
  const args = ['deploy', '--dry-run', '--config', config, '--outdir', out, '--metafile'];
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
  await run(process.execPath, [WRANGLER, ...args, ...(isReadable ? ['--no-minify'] : [])], { env }).catch(refuse);
  const modules = readdirSync(out)
    .filter((name) => /\.(js|txt)$/.test(name))
    .toSorted((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js')))
    .map((name) => readModule(out, name));
  const uploaded = Buffer.from(modules.map(({ contents }) => contents).join(''));
  const texts: Part[] = modules
    .filter(({ type }) => type === 'Text')
    .map(({ path, contents }) => ({ name: nameText(path), bytes: Buffer.byteLength(contents) }));
  const metafile: unknown = JSON.parse(readFileSync(join(out, 'bundle-meta.json'), 'utf8'));
  return {
    config,
    folder: out,
    modules,
    bytes: uploaded.length,
    // wrangler gzips all files as one, too.
    gzippedBytes: gzipSync(uploaded).length,
    parts: largestFirst([...partsOf(metafile), ...texts]),
  };
}

function readModule(folder: string, name: string): Module {
  const type = name.endsWith('.js') ? ('ESModule' as const) : ('Text' as const);
  return { type, path: join(folder, name), contents: readFileSync(join(folder, name), 'utf8') };
}

function refuse(error: unknown): never {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  throw new Failure(`The Worker could not be bundled.\n${said}`);
}

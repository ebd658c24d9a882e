import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Part, partsOf } from '../../bundle/parts.ts';
import { WRANGLER } from '../../wrangler/cli.ts';

const run = promisify(execFile);

/** A file of a bundle, and what a Worker imports it as. */
export type Module = { type: 'ESModule' | 'Text'; path: string; contents: string };

/** A Worker as a deploy would upload it: its modules, the main one first, its size, and its parts. */
export type Bundle = { folder: string; modules: Module[]; bytes: number; gzippedBytes: number; parts: Part[] };

/**
 * Bundles the Worker of the configuration `config` as `wrangler deploy` does, in a new folder inside `folder`. With
 * `isReadable`, names and lines stay, for a profile.
 */
export async function bundleWorker(
  config: string,
  { folder, isReadable = false }: { folder: string; isReadable?: boolean },
): Promise<Bundle> {
  const out = mkdtempSync(join(folder, 'bundle-'));
  const args = ['deploy', '--dry-run', '--config', config, '--outdir', out, '--metafile'];
  await run(process.execPath, [WRANGLER, ...args, isReadable ? '--no-minify' : '--minify'], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  const modules = readdirSync(out)
    .filter((name) => /\.(js|txt)$/.test(name))
    .toSorted((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js')))
    .map((name) => readModule(out, name));
  const uploaded = new TextEncoder().encode(modules.map(({ contents }) => contents).join(''));
  return {
    folder: out,
    modules,
    bytes: uploaded.length,
    // wrangler gzips all files as one, too.
    gzippedBytes: gzipSync(uploaded).length,
    parts: partsOf(JSON.parse(readFileSync(join(out, 'bundle-meta.json'), 'utf8'))),
  };
}

function readModule(folder: string, name: string): Module {
  const type = name.endsWith('.js') ? ('ESModule' as const) : ('Text' as const);
  return { type, path: join(folder, name), contents: readFileSync(join(folder, name), 'utf8') };
}

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { WRANGLER } from '../../wrangler/cli.ts';

const run = promisify(execFile);

const metafile = z.object({
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) })),
});

/** A file of a bundle, and what a Worker imports it as. */
export type Module = { type: 'ESModule' | 'Text'; path: string; contents: string };

/** A Worker as a deploy would upload it: its modules, the main one first, its size, and the bytes of each source file. */
export type Bundle = {
  folder: string;
  modules: Module[];
  bytes: number;
  gzippedBytes: number;
  sources: Map<string, number>;
};

/**
 * Bundles the Worker of the configuration `config` as `wrangler deploy` does, in a new folder inside `folder`. With
 * `isReadable`, names and lines stay, for a profile.
 */
export async function bundleWorker(
  config: string,
  { folder, isReadable = false }: { folder: string; isReadable?: boolean },
): Promise<Bundle> {
  const out = mkdtempSync(join(folder, 'bundle-'));
  const meta = join(out, 'bundle-meta.json');
  const args = ['deploy', '--dry-run', '--config', config, '--outdir', out, '--metafile', meta];
  await run(process.execPath, [WRANGLER, ...args, isReadable ? '--no-minify' : '--minify'], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  const modules = readdirSync(out)
    .filter((name) => /\.(js|txt)$/.test(name))
    .toSorted((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js')))
    .map((name) => readModule(out, name));
  const texts = modules.map(({ contents }) => new TextEncoder().encode(contents));
  return {
    folder: out,
    modules,
    bytes: texts.reduce((sum, text) => sum + text.length, 0),
    gzippedBytes: texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0),
    sources: sourcesIn(meta),
  };
}

function readModule(folder: string, name: string): Module {
  const type = name.endsWith('.js') ? ('ESModule' as const) : ('Text' as const);
  return { type, path: join(folder, name), contents: readFileSync(join(folder, name), 'utf8') };
}

function sourcesIn(meta: string): Map<string, number> {
  const { outputs } = metafile.parse(JSON.parse(readFileSync(meta, 'utf8')));
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return new Map(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput]));
}

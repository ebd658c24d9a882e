import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Failure } from '../command.ts';
import { WRANGLER } from '../wrangler/cli.ts';
import { type Part, partsOf } from './parts.ts';

const run = promisify(execFile);

/** A file of a bundle, and what a Worker imports it as. */
export type Module = { type: 'ESModule' | 'Text' | 'CompiledWasm'; path: string; contents: Uint8Array };

/**
 * A Worker as a deploy would upload it, without source maps: its configuration; its main module; the modules that are
 * loaded when they are needed, texts too; and of the main one, which each isolate loads, the size in bytes, and the parts
 * before gzip, the largest first.
 */
export type Bundle = {
  config: string;
  folder: string;
  modules: Module[];
  modulesOnDemand: Module[];
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
  const read = (kind: RegExp) =>
    readdirSync(out)
      .filter((name) => kind.test(name))
      .map((name) => readModule(out, name));
  const modules = read(/\.js$/);
  const started = Buffer.concat(modules.map(({ contents }) => contents));
  const metafile: unknown = JSON.parse(readFileSync(join(out, 'bundle-meta.json'), 'utf8'));
  return {
    config,
    folder: out,
    modules,
    modulesOnDemand: read(/\.(mjs|wasm|txt)$/),
    bytes: started.length,
    // wrangler gzips all files as one, too.
    gzippedBytes: gzipSync(started).length,
    parts: partsOf(metafile),
  };
}

function readModule(folder: string, name: string): Module {
  const type = name.endsWith('.txt') ? 'Text' : name.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule';
  return { type, path: join(folder, name), contents: readFileSync(join(folder, name)) };
}

function refuse(error: unknown): never {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  throw new Failure(`The Worker could not be bundled.\n${said}`);
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Failure } from '../command.ts';
import { WRANGLER } from '../wrangler/cli.ts';
import { type Part, partsOf } from './parts.ts';

/** What `wrangler deploy` uploads, without source maps. `parts` are not gzipped, the largest first. */
export type Size = { bytes: number; gzippedBytes: number; parts: Part[] };

/** Bundles the Worker as `wrangler deploy` does, and measures. wrangler gzips all files as one, too. */
export function measureBundle(): Size {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-size-'));
  try {
    const args = [WRANGLER, 'deploy', '--dry-run', '--outdir', folder, '--metafile'];
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    if (status !== 0) throw new Failure(`The Worker could not be bundled.\n${stderr}`);
    const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    const uploaded = ['index.js', ...texts].map((name) => join(folder, name));
    const all = Buffer.concat(uploaded.map((file) => readFileSync(file)));
    const metafile: unknown = JSON.parse(readFileSync(join(folder, 'bundle-meta.json'), 'utf8'));
    const textBytes = texts.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    const parts = [...partsOf(metafile), { name: 'texts', bytes: textBytes }];
    return {
      bytes: all.length,
      gzippedBytes: gzipSync(all).length,
      parts: parts.toSorted((one, other) => other.bytes - one.bytes),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

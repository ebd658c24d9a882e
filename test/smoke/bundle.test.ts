import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import known from '../crypto/known-answers.json';
import { decodeWords } from '../../src/domain/account/front-coding.ts';
import { WRANGLER } from '../../scripts/wrangler/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Builds a copy of the project, as `npm run build` does, whose lines end as on Windows. Returns its folder. */
function build(): string {
  for (const each of ['src', 'assets', 'wrangler.toml', 'package.json'])
    cpSync(each, join(folder, each), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  for (const file of globSync('{src/**/*.{ts,mjs,txt},*.toml,*.json}', { cwd: folder })) {
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replaceAll(/\r?\n/g, '\r\n'));
  }
  const args = [WRANGLER, 'deploy', '--dry-run', '--outdir', 'dist'];
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder, env });
  expect(status, stderr).toBe(0);
  return folder;
}

/** The bundle of the project in `home`, in workerd, with the configuration of production. */
function serve(home: string) {
  const secrets = { SECRET_KEY: known.secretKey, SIGNING_KEYS: JSON.stringify({ keys: known.keys.slice(0, 1) }) };
  const files = { configPath: join(home, 'wrangler.toml'), prebuiltWorkerDir: join(home, 'dist') };
  return createTestHarness({ workers: [{ ...files, secrets, vars: { ISSUER: 'http://localhost' } }] });
}

const home = build();

it('refuses common passwords in the bundle of production, built from a checkout with lines of Windows', async () => {
  const service = serve(home);
  try {
    await service.listen();
    // The first, the last and another one of the list.
    const listed = decodeWords(readFileSync('src/domain/account/common-passwords.txt', 'utf8')).filter(
      ({ length }) => length >= 8,
    );
    for (const password of [listed.at(0), listed.at(-1), 'password1']) {
      const response = await service.fetch('/auth/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'joe@gmail.com', password }),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'password' }] });
    }
  } finally {
    await service.close();
  }
});

it('starts without what only new passwords, hashes of other systems and QR codes need', () => {
  const main = readFileSync(join(home, 'dist', 'index.js'), 'utf8');
  const staticImports = Array.from(main.matchAll(/(?:^|;)import[^(;]*?["']([^"']+)["']/g), ([, name]) => name);
  expect(staticImports).toContain('cloudflare:workers');
  expect(staticImports.filter((name) => /mjs|wasm|txt|crypto/.test(name ?? ''))).toEqual([]);
  const dynamic = Array.from(main.matchAll(/\bimport\(["']([^"']+)["']\)/g), ([, name]) => name);
  const names = dynamic.map((name) => name?.replace(/[0-9a-f]{40}-/, ''));
  expect(new Set(names)).toEqual(
    new Set(['./bcryptjs.mjs', './common-passwords.txt', './lean-qr.mjs', './pbkdf2.wasm', 'node:crypto']),
  );
});

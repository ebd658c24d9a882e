import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import known from '../crypto/known-answers.json';
import { WRANGLER } from '../../scripts/wrangler/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Builds a copy of the project, as `npm run build` does, whose lines end in `lineEnd`. Returns its folder. */
function build(name: string, lineEnd: string): string {
  const home = join(folder, name);
  for (const each of ['src', 'wrangler.toml', 'package.json']) cpSync(each, join(home, each), { recursive: true });
  symlinkSync(resolve('node_modules'), join(home, 'node_modules'), 'junction');
  for (const file of globSync('{src/**/*.*,*.toml,*.json}', { cwd: home })) {
    const text = readFileSync(join(home, file), 'utf8');
    writeFileSync(join(home, file), text.replaceAll(/\r?\n/g, lineEnd));
  }
  const args = [WRANGLER, 'deploy', '--dry-run', '--outdir', 'dist'];
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: home, env });
  expect(status, stderr).toBe(0);
  return home;
}

/** The bundle of the project in `home`, as workerd runs it with the configuration of production. */
function serve(home: string) {
  const secrets = { SECRET_KEY: known.secretKey, SIGNING_KEYS: JSON.stringify({ keys: known.keys.slice(0, 1) }) };
  const files = { configPath: join(home, 'wrangler.toml'), prebuiltWorkerDir: join(home, 'dist') };
  return createTestHarness({ workers: [{ ...files, secrets, vars: { ISSUER: 'http://localhost' } }] });
}

it.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('refuses common passwords in the bundle of a checkout whose lines end in %s', async (name, lineEnd) => {
  const service = serve(build(name, lineEnd));
  try {
    await service.listen();
    // Of the list: the first, the last, and one between.
    const listed = readFileSync('src/domain/account/common-passwords.txt', 'utf8')
      .split(/\r?\n/)
      .filter(({ length }) => length >= 8);
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

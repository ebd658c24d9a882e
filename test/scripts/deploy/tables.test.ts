import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { d1Tables, NOTHING_PENDING, plain } from '../../../scripts/deploy/tables.ts';
import { WRANGLER } from '../../../scripts/wrangler/cli.ts';
import { run } from '../../../scripts/wrangler/run.ts';
import { readToml } from '../../../scripts/wrangler/toml.ts';

const state = mkdtempSync(join(tmpdir(), 'latchkey-tables-'));
afterAll(() => rmSync(state, { recursive: true }));

const names = readdirSync('migrations').filter((name) => name.endsWith('.sql'));
const config = 'wrangler.toml';

it('lists and applies migrations with the real wrangler, also a part of them', async () => {
  const tables = d1Tables((args, how) => run(WRANGLER, args, how), {
    toml: readToml({ config }),
    flags: ['--config', config],
    folder: 'migrations',
    names,
    where: ['--local', '--persist-to', state],
  });
  expect(await tables.findPending()).toEqual(names);
  await tables.apply(names.slice(0, 2));
  expect(await tables.findPending()).toEqual(names.slice(2));
  await tables.apply(names.slice(2));
  expect(await tables.findPending()).toEqual([]);
  expect(readdirSync('.wrangler/tmp').filter((name) => name.startsWith('deploy-'))).toEqual([]);
});

it('leaves out the advice of wrangler that npm run deploy does not take', () => {
  const advice =
    'To continue without logging in, rerun this command with `--temporary`. Wrangler will print a claim URL.';
  expect(plain(`\u001B[31mSet CLOUDFLARE_API_TOKEN.\u001B[0m\n\n${advice}\n\nLogs: a.log\n`)).toBe(
    'Set CLOUDFLARE_API_TOKEN.\nLogs: a.log',
  );
});

it('knows the words of wrangler for a database that does not exist', () => {
  const source = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'wrangler-dist/cli.js'),
    'utf8',
  );
  // NO_DATABASE matches both.
  expect(source).toContain("Couldn't find an auto-provisioned D1 DB named '");
  expect(source).toContain("Couldn't find a D1 DB named '");
  expect(source).toContain(NOTHING_PENDING);
});

it('lets wrangler ask nothing when no person is at the terminal', () => {
  const program = join(state, 'stand-in.mjs');
  writeFileSync(program, 'process.stdin.resume().on("end", () => console.log(process.env.CI, process.stdin.isTTY));');
  expect(run(program, [], 'capture')).toEqual({ status: 0, output: 'true undefined\n' });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployWith } from '../../../scripts/deploy/deploy.ts';
import { run } from '../../../scripts/wrangler/run.ts';
import { type LibsqlServer, startLibsqlServer } from '../../../scripts/libsql/server.ts';
import { call } from '../call.ts';
import { writeProductionToml } from '../ops/production-toml.ts';

/** A program in the place of wrangler. It writes down its arguments, and answers from scenario.json beside it. */
const STAND_IN = `
import { appendFileSync, readFileSync } from 'node:fs';
const args = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(new URL('scenario.json', import.meta.url), 'utf8'));
appendFileSync(new URL('calls', import.meta.url), JSON.stringify(args) + '\\n');
const isDry = args.includes('--dry-run');
const name = args[0] === 'deploy' ? (isDry ? 'dry-run' : 'deploy') : args[2];
const answer = scenario[name] ?? {};
if (name === 'list') console.log(answer.output ?? '');
if (answer.status) console.error('the stand-in fails');
process.exitCode = answer.status ?? 0;
`;

type Scenario = Record<string, { status?: number; output?: string }>;

let home: string;
let config: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'latchkey-deploy-'));
  mkdirSync(join(home, 'migrations'));
  write('migrations/0000_tables.sql', 'CREATE TABLE users (id text PRIMARY KEY NOT NULL, name text, nickname text);');
  write('migrations/0001_add.sql', 'ALTER TABLE users ADD age integer;');
  write(
    'migrations/0002_drop.sql',
    '-- run: after the code\n-- loses: users.nickname\nALTER TABLE users DROP COLUMN nickname;',
  );
  write('wrangler.mjs', STAND_IN);
  config = writeProductionToml(home);
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(home, name), text);
const base = () => ['--config', config];

/** Runs `npm run deploy` with the stand-in, a doctor that returns `doctor`, and a service that responds `ready`. */
async function deploy(scenario: Scenario, { args = base(), doctor = 0, ready = 200 } = {}) {
  write('scenario.json', JSON.stringify(scenario));
  write('calls', '');
  const examined: string[][] = [];
  const command = deployWith({
    wrangler: (given, how) => run(join(home, 'wrangler.mjs'), given, how),
    examine: async (given) => {
      examined.push(given);
      return doctor;
    },
    fetch: async () => new Response(null, { status: ready }),
    sleep: async () => undefined,
  });
  const { status, stdout, stderr } = await call(command, ...args);
  const calls: unknown[] = readFileSync(join(home, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
  return { status, stdout, stderr, examined, calls };
}

const listing = (...names: string[]): Scenario => ({
  list: { output: names.length > 0 ? `Migrations to be applied:\n${names.join('\n')}` : 'No migrations to apply!' },
});
const missing = {
  list: { status: 1, output: "Couldn't find an auto-provisioned D1 DB named 'latchkey-db' for binding 'DB'." },
};
const list = () => ['d1', 'migrations', 'list', 'DB', '--remote', ...base()];
const apply = () => ['d1', 'migrations', 'apply', 'DB', '--remote', ...base()];
const dryRun = () => ['deploy', '--dry-run', ...base()];
const code = () => ['deploy', ...base()];
const ONE_FOLDER = [
  'd1',
  'migrations',
  'apply',
  'DB',
  '--remote',
  '--config',
  expect.stringMatching(/deploy-.*wrangler\.json$/),
];

describe('npm run deploy', () => {
  it('makes the database with the code, then the tables, the first time', async () => {
    const { status, calls, examined, stdout } = await deploy(missing);
    expect({ status, calls, examined }).toEqual({
      status: 0,
      calls: [dryRun(), list(), code(), apply()],
      examined: [['production', ...base()]],
    });
    expect(stdout).toContain('The deploy makes it, so the code comes first.');
    expect(stdout).toContain('It responds 200. The service is up.');
  });

  it('applies migrations before or after the code, as each says', async () => {
    expect((await deploy(listing())).calls).toEqual([dryRun(), list(), code()]);
    expect((await deploy(listing('0002_drop.sql'))).calls).toEqual([dryRun(), list(), code(), apply()]);
    expect((await deploy(listing('0001_add.sql', '0002_drop.sql'))).calls).toEqual([
      dryRun(),
      list(),
      ONE_FOLDER,
      code(),
      apply(),
    ]);
    // Nothing runs on an empty database.
    const all = listing('0000_tables.sql', '0001_add.sql', '0002_drop.sql');
    expect((await deploy(all)).calls).toEqual([dryRun(), list(), apply(), code()]);
  });

  it('passes the environment, the configuration and the secrets to every step that takes them', async () => {
    const staging = readFileSync(config, 'utf8').split(/^(?=# \[env\.staging\]$)/m);
    writeFileSync(config, `${staging[0]}${staging[1]?.replaceAll(/^# ?/gm, '')}`);
    write('it.secrets.json', '{}');
    const where = [...base(), '--env', 'staging'];
    const secrets = ['--secrets-file', join(home, 'it.secrets.json')];
    const { calls, examined, stdout } = await deploy(missing, { args: [...where, ...secrets] });
    expect(examined).toEqual([['production', ...secrets, ...where]]);
    expect(calls).toEqual([
      ['deploy', '--dry-run', ...secrets, ...where],
      ['d1', 'migrations', 'list', 'DB', '--remote', ...where],
      ['deploy', ...secrets, ...where],
      ['d1', 'migrations', 'apply', 'DB', '--remote', ...where],
    ]);
    expect(stdout).toContain('Deploy the code: latchkey-staging at auth-staging.example.org\n');
    expect(stdout).toContain('Ask https://auth-staging.example.org/ready');
  });

  it('changes nothing in a dry run, and shows what would follow', async () => {
    const { status, calls, stdout } = await deploy(missing, { args: [...base(), '--dry-run'] });
    expect({ status, calls }).toEqual({ status: 0, calls: [dryRun()] });
    expect(stdout).toContain('Nothing was changed. A deploy would now\n  1. Find the migrations');
    expect(stdout).toContain('  3. Deploy the code: latchkey at auth.example.org\n');
    expect(stdout).toContain('Of the 3 migrations, these run after the code: 0002_drop.sql.');
  });
});

describe('npm run deploy stops at the first problem', () => {
  const both = listing('0001_add.sql', '0002_drop.sql');
  const fail = { status: 1 };

  it.each([
    ['the doctor', 1, {}, { doctor: 1 }, 0],
    ['the doctor, who cannot read', 1, {}, { doctor: 2 }, 0],
    ['the dry run', 2, { 'dry-run': fail }, {}, 1],
    ['the list of migrations', 3, { list: { status: 1, output: 'Authentication error' } }, {}, 2],
    ['a list that it does not understand', 3, { list: { output: 'surprise' } }, {}, 2],
    ['the migrations before the code', 4, { ...both, apply: fail }, {}, 3],
    ['the code', 5, { ...both, deploy: fail }, {}, 4],
    ['the migrations after the code', 6, { ...listing('0002_drop.sql'), apply: fail }, {}, 4],
    ['/ready, before migrations that the version before could not bear', 6, both, { ready: 503 }, 4],
    ['/ready', 7, listing('0001_add.sql'), { ready: 503 }, 4],
  ])('%s, and says how to go on', async (_, step, scenario, options, made) => {
    const { status, stderr, calls } = await deploy(scenario, options);
    expect(status).toBe('doctor' in options ? options.doctor : 1);
    expect(calls).toHaveLength(made);
    expect(stderr).toContain(`The deploy stopped at step ${step}, `);
    const [, done = '', left = ''] = /Done:\n([^]*)Not done:\n([^]*)When the problem/.exec(stderr) ?? [];
    expect(done.trim().split('\n').length + left.trim().split('\n').length).toBe(step === 1 ? 8 : 7);
    expect(left.trim().split('\n')).toHaveLength(8 - step);
    expect(stderr).toMatch(/continue with the same command.*\n  npm run deploy -- --config \S+$/m);
  });

  it('when a migration waits for another one that must run after the code', async () => {
    write('migrations/0003_add.sql', 'ALTER TABLE users ADD city text;');
    const { status, stderr, calls } = await deploy(listing('0002_drop.sql', '0003_add.sql'));
    expect({ status, calls }).toEqual({ status: 1, calls: [dryRun(), list()] });
    expect(stderr).toContain('0003_add.sql must run before the code, but 0002_drop.sql comes earlier');
  });

  it('before the first step, when the command, a file, the environment or a migration is wrong', async () => {
    const nothing = { calls: [], examined: [] };
    expect(await deploy({}, { args: [...base(), '--env', 'nonesuch'] })).toMatchObject({
      ...nothing,
      status: 2,
      stderr: expect.stringContaining('does not define this environment'),
    });
    expect(await deploy({}, { args: [...base(), '--secrets-file', 'hunter2'] })).toMatchObject({
      ...nothing,
      status: 2,
      stderr: 'The file of secrets does not exist, or is not a regular file.\n',
    });
    write('migrations/0003_drop.sql', 'DROP TABLE users;');
    expect(await deploy({})).toMatchObject({
      ...nothing,
      status: 1,
      stderr: expect.stringContaining('0003_drop.sql loses'),
    });
    write('migrations/0003_drop.sql', '-- run: later');
    expect(await deploy({})).toMatchObject({
      ...nothing,
      status: 1,
      stderr: expect.stringContaining('does not say clearly when it runs'),
    });
  });
});

describe('npm run deploy on Turso', () => {
  let server: LibsqlServer;
  beforeEach(async () => {
    server = await startLibsqlServer({ file: ':memory:', authToken: 'a.b.c' });
    config = writeProductionToml(home, (toml) =>
      toml.replace('TURSO_DATABASE_URL = ""', `TURSO_DATABASE_URL = "${server.url}"`),
    );
  });
  afterEach(() => server.stop());

  it('makes the tables itself, with the token in the file of secrets', async () => {
    write('it.secrets.json', '{ "TURSO_AUTH_TOKEN": "a.b.c" }');
    const args = [...base(), '--secrets-file', join(home, 'it.secrets.json')];
    const first = await deploy({}, { args });
    expect(first.status).toBe(0);
    expect(first.calls.flat()).not.toContain('d1');
    expect(first.stdout).toMatch(/Applied: 0000_accounts\.sql, /);
    const second = await deploy({}, { args });
    expect(second.stdout).toMatch(/\n0 of \d+\./);
    expect(second.stdout).not.toContain('Applied:');
  });

  it('stops before the code when it has no token, or a wrong one', async () => {
    const { status, calls, stderr } = await deploy({});
    expect({ status, calls }).toEqual({ status: 1, calls: [dryRun()] });
    expect(stderr).toContain('The migrations need TURSO_AUTH_TOKEN.');
    write('it.secrets.json', '{ "TURSO_AUTH_TOKEN": "hunter2" }');
    const wrong = await deploy({}, { args: [...base(), '--secrets-file', join(home, 'it.secrets.json')] });
    expect(wrong.calls).toHaveLength(1);
    expect(wrong.stderr).toContain('The libSQL database: ');
    expect(wrong.stdout + wrong.stderr).not.toContain('hunter2');
  });
});

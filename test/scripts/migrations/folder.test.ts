import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMigrations } from '../../../scripts/migrations/folder.ts';
import { command } from '../../../scripts/migrations/migrate.ts';
import { call } from '../call.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'latchkey-folder-'));
  for (const folder of ['migrations', 'sql/new', 'staging']) mkdirSync(join(home, folder), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true }));

function write(text: string, name = 'wrangler.toml'): string {
  const config = join(home, name);
  writeFileSync(config, text);
  return config;
}
const d1 = (line: string) => `# migrations_dir = "old"\n[[d1_databases]]\nbinding = "DB"\n${line}\n`;

describe('the folder of the migrations', () => {
  it.each([
    'migrations_dir = "sql/new"',
    `'migrations_dir' = "sql/new"`,
    '"migrations\\u005fdir" = "sql/new"',
    'migrations_dir = """sql/new"""',
    `migrations_dir = '''\nsql/new'''`,
  ])('is the one that wrangler reads in %j', (line) => {
    expect(findMigrations({ config: write(d1(line)) }).folder).toBe(join(home, 'sql/new'));
  });

  it('comes from a JSON file, from the environment, or is the default', () => {
    const json = '{ "d1_databases": [{ "binding": "DB", "migrations_dir": "sql/new" }] }';
    expect(findMigrations({ config: write(json, 'wrangler.json') }).folder).toBe(join(home, 'sql/new'));
    const environment = '[[env.staging.d1_databases]]\nbinding = "DB"\nmigrations_dir = "staging"\n';
    const config = write(d1('') + environment);
    expect(findMigrations({ config }).folder).toBe(join(home, 'migrations'));
    expect(findMigrations({ config, env: 'staging' }).folder).toBe(join(home, 'staging'));
    expect(() => findMigrations({ config, env: 'stagin' })).toThrow('does not define this environment');
    expect(findMigrations({ config: write(d1('')), env: 'staging' }).folder).toBe(join(home, 'migrations'));
  });

  it.each([
    ['has no D1 database', ''],
    ['names no folder of migrations that exists', d1('migrations_dir = "nowhere"')],
    ['sets migrations_pattern', d1('migrations_dir = "sql"\nmigrations_pattern = "sql/*/*.sql"')],
    ['cannot be read', 'vars = ['],
  ])('is not found when the configuration %s', (words, text) => {
    expect(() => findMigrations({ config: write(text) })).toThrow(words);
  });
});

describe('npm run db:migrate', () => {
  it.each([
    ['nosuch.toml', 'is not a TOML or JSON file.'],
    ['wrangler.toml', 'names no folder of migrations that exists: set migrations_dir.'],
  ])('says in a sentence what is wrong with %s', async (name, words) => {
    write(d1('migrations_dir = "nowhere"'));
    const config = join(home, name);
    expect(await call(command, '--config', config, '--persist-to', join(home, 'state'))).toEqual({
      status: 2,
      stdout: '',
      stderr: `${config} ${words}\nNo migration was applied.\n`,
    });
  });
});

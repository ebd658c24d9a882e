import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command } from '../../scripts/command.ts';
import { findMigrationProblems } from '../../scripts/migrations/check.ts';
import { command as generate } from '../../scripts/migrations/generate.ts';
import { command as migrate } from '../../scripts/migrations/migrate.ts';
import { call } from '../scripts/call.ts';

const home = mkdtempSync(join(tmpdir(), 'latchkey-generate-'));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(home, { recursive: true }));

const PARTS = ['src', 'migrations', 'drizzle.config.ts', 'wrangler.toml', 'package.json'];
beforeAll(() => {
  for (const part of PARTS) cpSync(part, join(home, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(home, 'node_modules'), 'junction');
});

const root = process.cwd();
beforeAll(() => process.chdir(home));
afterAll(() => process.chdir(root));

/** Runs a script in the copy of the project. */
async function run(command: Command, ...flags: string[]) {
  const { status, stdout, stderr } = await call(command, ...flags);
  return { status, output: stdout + stderr };
}

const usersTable = join(home, 'src/store/tables/users.ts');
function change(from: string, to: string): void {
  const before = readFileSync(usersTable, 'utf8');
  expect(before).toContain(from);
  writeFileSync(usersTable, before.replace(from, to));
}
const listing = () => readdirSync(join(home, 'migrations'), { recursive: true }).map(String).toSorted();
const journal = () => readFileSync(join(home, 'migrations/meta/_journal.json'), 'utf8');
const newest = () => join(home, 'migrations', String(listing().findLast((file) => file.endsWith('.sql'))));

describe('npm run db:generate', () => {
  it('writes a migration that keeps all rows', async () => {
    change('disabledAt: time(),', 'disabledAt: time(),\n  nickname: text(),');
    expect(await run(generate, '--check')).toMatchObject({
      status: 1,
      output: 'The schema has changed since the last migration: run `npm run db:generate`.\n',
    });
    expect(await run(generate, '--name', 'nickname')).toMatchObject({ status: 0 });
    expect(newest()).toMatch(/\d{4}_nickname\.sql$/);
    expect(readFileSync(newest(), 'utf8')).toContain('ALTER TABLE `users` ADD `nickname` text');
  });

  it('fails when drizzle-kit fails, and says what to do when that has to ask', async () => {
    const before = { listing: listing(), journal: journal() };
    change('nickname: text(),', 'alias: text(),');
    const words = 'drizzle-kit has to ask whether something was renamed: run `npm run db:generate` in a terminal.\n';
    expect(await run(generate)).toEqual({ status: 1, output: `${words}Nothing was written.\n` });
    change('alias: text(),', 'nickname: text(), nonsense,');
    const { status, output } = await run(generate);
    expect(status).toBe(1);
    expect(output).toMatch(/^drizzle-kit failed:\n[^]*nonsense[^]*\nNothing was written\.\n$/);
    expect(output).not.toContain('\n    at ');
    change(' nonsense,', '');
    expect({ listing: listing(), journal: journal() }).toEqual(before);
  });

  it('refuses a migration that deletes all sessions, and leaves nothing of it behind', async () => {
    change('.notNull().default(false)', '.default(false)');
    const before = { listing: listing(), journal: journal() };
    const { status, output } = await run(generate);
    expect(status).toBe(1);
    expect(output).toMatch(/^\d{4}_\w+\.sql loses what is in .*\bsessions\b/);
    expect(output).toContain('npm run db:generate -- --unchecked');
    expect({ listing: listing(), journal: journal() }).toEqual(before);
    expect(readdirSync(join(home, '.wrangler/tmp'))).toEqual([]);
  });

  it('writes a refused migration with --unchecked, and then no database takes it', async () => {
    expect(await run(generate, '--unchecked', '--name', 'rebuild')).toMatchObject({ status: 0 });
    // What drizzle-kit writes.
    expect(readFileSync(newest(), 'utf8')).toMatch(/^PRAGMA foreign_keys=OFF;[^]*DROP TABLE `users`;/);
    vi.stubEnv('TURSO_DATABASE_URL', 'http://127.0.0.1:1');
    for (const flags of [[], ['--remote'], ['--turso'], ['--config', join(home, 'wrangler.toml')]]) {
      const { status, output } = await run(migrate, ...flags);
      expect(status).toBe(1);
      expect(output).toMatch(/^\d{4}_rebuild\.sql loses what is in .*\bsessions\b[^]*\nNo migration was applied\.\n$/);
    }
    expect(existsSync(join(home, '.wrangler/state'))).toBe(false);
  });

  it('accepts a refused migration once it is mended as docs/how-to/migrations.md says', async () => {
    const recipe = /```sql\s+(-- before\s[^]+?)-- here comes what drizzle-kit wrote\s([^]+?)```/;
    const [, before = '', after = ''] =
      recipe.exec(readFileSync(join(root, 'docs/how-to/migrations.md'), 'utf8')) ?? [];
    const mended = `${before}${readFileSync(newest(), 'utf8')}--> statement-breakpoint\n${after}`;
    writeFileSync(newest(), mended);
    expect(mended).toContain('sessions_kept');
    expect(findMigrationProblems(join(home, 'migrations'))).toEqual([]);
    expect(await run(generate, '--check')).toEqual({ status: 0, output: '' });
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findSharedProblems } from '../../../scripts/ops/environment-rules.ts';
import { writeProductionToml } from './production-toml.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The problems of `[env.staging]`, uncommented in wrangler.toml, after `change`, which gets the two parts of the file. */
function problemsOf(change: (top: string, staging: string) => string, env: string | undefined = 'staging') {
  const config = writeProductionToml(folder);
  const [top = '', staging = ''] = readFileSync(config, 'utf8').split(/^(?=# \[env\.staging\]$)/m);
  writeFileSync(config, change(top, staging.replaceAll(/^# ?/gm, '')));
  return findSharedProblems({ config, env });
}

const inStaging = (from: string | RegExp, to: string) => (top: string, staging: string) =>
  top + staging.replace(from, to);

/** Gives the database of both parts `lines`. */
const inBoth = (binding: string, lines: string) => (top: string, staging: string) =>
  (top + staging).replaceAll(`binding = "${binding}"`, `binding = "${binding}"\n${lines}`);

describe('an environment', () => {
  it('is in order as wrangler.toml has it, and so is the top level beside it', () => {
    const unchanged = (top: string, staging: string) => top + staging;
    expect(problemsOf(unchanged)).toEqual([]);
    expect(problemsOf(unchanged, '')).toEqual([]);
    expect(problemsOf(inStaging(/^routes = .*$/m, ''), '')).toEqual([]);
  });

  it('must have routes of its own, because wrangler gives it those of the top level', () => {
    expect(problemsOf(inStaging(/^routes = .*$/m, ''))).toEqual([
      {
        field: 'routes',
        problem:
          'must be written under [env.staging] and differ from the top level: otherwise the deploy takes the address away from that Worker',
      },
    ]);
  });

  it('may be on workers.dev without routes', () => {
    expect(problemsOf(inStaging(/^routes = .*$/m, 'workers_dev = true\nroutes = []'))).toEqual([]);
    const bothThere = (top: string, staging: string) =>
      (top.replace('workers_dev = false', 'workers_dev = true') + staging).replaceAll(/^routes = .*$/gm, '');
    expect(problemsOf(bothThere)).toEqual([]);
  });

  it.each([
    ['name', inStaging('[env.staging]', '[env.staging]\nname = "latchkey"')],
    ['routes', inStaging('auth-staging.example.org"', 'auth.example.org"')],
    ['routes', inStaging(/^routes = .*$/m, 'route = "auth-staging.example.org/*"')],
    ['routes', inStaging(/^routes = .*$/m, 'routes = ["https://auth.example.org/*"]')],
    ['ISSUER', inStaging('https://auth-staging', 'https://auth')],
    [
      'TURSO_DATABASE_URL',
      (top: string, staging: string) =>
        top.replace('DATABASE_URL = ""', 'DATABASE_URL = "libsql://a.turso.io"') +
        staging.replace('ISSUER', 'TURSO_DATABASE_URL = "libsql://a.turso.io"\nISSUER'),
    ],
    ['d1_databases', inBoth('DB', 'database_id = "a"')],
    ['d1_databases', inBoth('DB', 'database_name = "latchkey-db"')],
    ['kv_namespaces', inBoth('DENYLIST', 'id = "a"')],
    ['ratelimits', inStaging('4712', '4702')],
  ])('must not share its %s with the top level', (field, change) => {
    const problem = expect.stringContaining('must be written under [env.staging] and differ from the top level: ');
    expect(problemsOf(change)).toEqual([{ field, problem }]);
  });

  it('must not share them with another environment', () => {
    const twin = (top: string, staging: string) => top + staging + staging.replaceAll('env.staging', 'env.preview');
    const problems = problemsOf(twin, 'preview');
    expect(problems.map(({ field }) => field)).toEqual(['routes', 'ISSUER', 'ratelimits']);
    for (const { problem } of problems) expect(problem).toContain('under [env.preview] and differ from [env.staging]');
  });

  it('may have the same names and ids in another account', () => {
    const elsewhere = (top: string, staging: string) =>
      top +
      staging.replace('[env.staging]', '[env.staging]\naccount_id = "b"\nname = "latchkey"').replace('4712', '4702');
    expect(problemsOf(elsewhere)).toEqual([]);
  });
});

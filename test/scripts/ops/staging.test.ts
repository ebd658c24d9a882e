import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { examineProduction } from '../../../scripts/ops/examine.ts';
import { newSecrets } from '../../../scripts/secrets/fresh.ts';
import { run } from '../../../scripts/wrangler/run.ts';
import { WRANGLER } from '../../../scripts/wrangler/cli.ts';
import { readToml } from '../../../scripts/wrangler/toml.ts';

// In the project, because the paths in it are relative.
const config = `wrangler.${randomUUID()}.toml`;
afterAll(() => rmSync(config, { force: true }));

/** wrangler.toml with every line that is commented out put to use. */
function uncommented(): string {
  const [top = '', staging = ''] = readFileSync('wrangler.toml', 'utf8').split(/^(?=# \[env\.staging\]$)/m);
  const used = top.replace(/^# (routes = .*)$/m, '$1').replace(/^# (\[placement\])\n# (.*)$/m, '$1\n$2');
  return used.replace('ISSUER = ""', 'ISSUER = "https://auth.example.org"') + staging.replaceAll(/^# ?/gm, '');
}

it('has lines for a domain, a placement and staging that only need to be uncommented', async () => {
  writeFileSync(config, uncommented());
  expect(readToml({ config }).definedEnvironments).toEqual(['staging']);
  const secrets = await newSecrets();
  for (const env of [undefined, 'staging']) {
    expect(await examineProduction({ config, env }, secrets, [])).toEqual([]);
    const flags = ['--config', config, '--env', env ?? ''];
    const { status, output } = run(WRANGLER, ['deploy', '--dry-run', ...flags], 'capture');
    expect(status, output).toBe(0);
    expect(output).toContain(env === undefined ? 'https://auth.example.org' : 'https://auth-staging.example.org');
    for (const binding of ['DB', 'DENYLIST', 'ASSETS', 'LIMIT_ACCOUNT']) expect(output).toContain(`env.${binding}`);
  }
});

it('gives staging the same limits as production, and counters of its own', () => {
  const limitsIn = (toml: string) =>
    Array.from(
      toml.matchAll(/name = "(LIMIT_\w+)"\nnamespace_id = "(\d+)"\nsimple = (.*)/g),
      ([, name = '', id = '', limit = '']) => ({ name, id, limit }),
    );
  const [production = [], staging = []] = uncommented().split('[env.staging]').map(limitsIn);
  const strip = (limits: typeof staging) => limits.map(({ name, limit }) => `${name} ${limit}`);
  expect(strip(staging)).toEqual(strip(production));
  expect(new Set([...staging, ...production].map(({ id }) => id)).size).toBe(8);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes wrangler.toml, filled in for production and then changed, into `folder`. Returns its path. */
export function writeProductionToml(folder: string, change: (toml: string) => string = (toml) => toml): string {
  const file = join(folder, `wrangler-${Math.random()}.toml`);
  const toml = readFileSync('wrangler.toml', 'utf8')
    .replace('ISSUER = ""', 'ISSUER = "https://auth.example.org"')
    .replace('# routes =', 'routes =');
  writeFileSync(file, change(toml));
  return file;
}

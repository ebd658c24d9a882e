import { readToml } from '../wrangler/toml.ts';

/** Since when workerd behaves as it does to a Worker, and the flags that change that. */
export type Compatibility = { date: string; flags: string[] };

/** What the configuration file `config` of wrangler says, so that the bench runs a Worker as a deploy does. */
export function compatibilityOf(config: string): Compatibility {
  const { compatibility_date: date, compatibility_flags: flags = [] } = readToml({ config, env: '' });
  if (date === undefined) throw new TypeError('a Worker needs a compatibility date');
  return { date, flags };
}

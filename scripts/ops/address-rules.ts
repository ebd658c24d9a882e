import type { ConfigProblem } from '../../src/config/config.ts';
import type { Route, WranglerToml } from '../wrangler/toml.ts';

/** The settings in wrangler.toml that say where the Worker can be reached. */
export type Address = Pick<WranglerToml, 'name' | 'workers_dev' | 'routes'>;

/** Finds out whether somebody can reach the service, and at the host of `issuer`, where a deploy asks for `/ready`. */
export function findAddressProblems({ name = '', workers_dev, routes }: Address, issuer: unknown): ConfigProblem[] {
  const isOnWorkersDev = workers_dev === true;
  if (!isOnWorkersDev && routes.length === 0) {
    return [{ field: 'routes', problem: 'is missing, and workers_dev is not true: nobody can reach the service' }];
  }
  const host = typeof issuer === 'string' ? hostOf(issuer) : undefined;
  // An issuer without a host is refused anyway.
  if (host === undefined || routes.some((route) => leadsTo(route, host))) return [];
  if (isOnWorkersDev && host.startsWith(`${name}.`) && /^[^.]+\.[^.]+\.workers\.dev$/.test(host)) return [];
  const rule = 'without custom_domain = true, a pattern must end with /*';
  const problem =
    routes.length === 0
      ? `must be https://${name}.SUBDOMAIN.workers.dev while workers.dev is the only way in`
      : `is at a host that no route serves: compare it with each pattern in routes (${rule})`;
  return [{ field: 'ISSUER', problem }];
}

/** Whether `https://HOST/ready` reaches the Worker by `route`. In its pattern, `*` stands for any characters. */
function leadsTo({ pattern, custom_domain, enabled }: Route, host: string): boolean {
  if (custom_domain === true) return enabled !== false && hostOf(`https://${pattern}`) === host;
  const parts = pattern
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .split('*');
  const literal = parts.map((part) => part.replaceAll(/[^\w-]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(`${host}/ready`);
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : undefined);

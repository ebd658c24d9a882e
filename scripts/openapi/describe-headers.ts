import { cacheable, headers } from './prose/headers.ts';
import type { OperationProse } from './prose/operation-prose.ts';

const component = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** The headers of a response with `status`, by name. */
export function describeHeaders(
  status: number,
  { isCacheable = false, headers: own = {} }: Pick<OperationProse, 'isCacheable' | 'headers'>,
  all: number[],
) {
  const isKept = isCacheable && (status < 300 || status === 304);
  const names = ['X-Request-Id', 'Access-Control-Allow-Origin', ...byStatus(status, all), ...(own[status] ?? [])];
  return {
    ...Object.fromEntries(names.map((name) => [name, component(name)])),
    'Cache-Control': component(isKept ? 'Cache-Control-Public' : 'Cache-Control'),
  };
}

/** The headers that come with a status: RFC 9110, sections 10.2.1, 10.2.3, 11.6.1 and 8.8.3. */
function byStatus(status: number, all: number[]): string[] {
  if (status === 401) return ['WWW-Authenticate'];
  if (status === 405) return ['Allow'];
  if (status === 429 || status === 503) return ['Retry-After'];
  return all.includes(304) && [200, 304].includes(status) ? ['ETag'] : [];
}

/** The headers that `describeHeaders` refers to. */
export const headerComponents = { ...headers, 'Cache-Control-Public': cacheable };

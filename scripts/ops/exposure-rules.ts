import type { ConfigProblem } from '../../src/config/config.ts';
import type { WranglerToml } from '../wrangler/toml.ts';

/** What wrangler.toml says of ways in, and of what Cloudflare keeps of requests. */
export type Exposure = Pick<WranglerToml, 'workers_dev' | 'preview_urls' | 'route' | 'routes' | 'observability'>;

/** The settings that `findExposureProblems` looks at. */
export const EXPOSURE_SETTINGS = ['workers_dev', 'preview_urls', 'routes', 'observability'];

/** What of wrangler.toml would open a way in that nobody meant to open, or keep the headers of requests, or leave no way in. */
export function findExposureProblems(toml: Exposure, issuer: unknown): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (field: string, problem: string) => problems.push({ field, problem });
  const hasRoute = toml.route !== undefined || toml.routes.length > 0;

  if (toml.workers_dev === undefined) refuse('workers_dev', 'must be set: false, or true for a service on workers.dev');
  if (toml.workers_dev === true && hasRoute) {
    refuse('workers_dev', 'must be false: it is a second way in, past the firewall of the zone of your route');
  }
  if (toml.workers_dev !== true && !hasRoute) {
    refuse('routes', 'is missing, and workers_dev is not true: nobody could reach the service');
  }
  if (toml.workers_dev === true && !hasRoute && !isOnWorkersDev(issuer)) {
    refuse('ISSUER', 'must be https://NAME.SUBDOMAIN.workers.dev while workers.dev is the only way in');
  }
  if (toml.preview_urls !== false) {
    refuse('preview_urls', 'must be false: otherwise each version, with its old secrets, may have a URL of its own');
  }
  if (!keepsLinesOnly(toml.observability)) {
    const settings = 'redact_query_string = true, logs.invocation_logs = false, and neither traces nor issues';
    refuse('observability', `must have ${settings}: otherwise Cloudflare keeps headers, tokens among them`);
  }
  return problems;
}

function isOnWorkersDev(issuer: unknown): boolean {
  return typeof issuer === 'string' && URL.canParse(issuer) && new URL(issuer).hostname.endsWith('.workers.dev');
}

/** Whether what is kept of a request is what the Worker itself writes, or nothing. */
function keepsLinesOnly(observability: Exposure['observability']): boolean {
  if (observability === undefined) return false;
  const { enabled, redact_query_string, logs, traces, issues } = observability;
  if (traces?.enabled === true || issues?.enabled !== false) return false;
  const keepsLogs = logs?.enabled ?? enabled;
  return keepsLogs === false || (redact_query_string === true && logs?.invocation_logs === false);
}

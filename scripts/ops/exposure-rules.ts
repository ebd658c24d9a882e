import type { ConfigProblem } from '../../src/config/config.ts';
import type { WranglerToml } from '../wrangler/toml.ts';

/** The settings in wrangler.toml that open ways in, or let Cloudflare store requests. */
export type Exposure = Pick<WranglerToml, 'workers_dev' | 'preview_urls' | 'routes' | 'observability'>;

/** The settings that the doctor lists although they are no variables of the service. */
export const EXPOSURE_SETTINGS = ['workers_dev', 'preview_urls', 'routes', 'observability'];

/** Finds settings that open an unintended way in, or let Cloudflare store the headers of requests. */
export function findExposureProblems(toml: Exposure): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (field: string, problem: string) => problems.push({ field, problem });

  if (toml.workers_dev === undefined) refuse('workers_dev', 'must be set: false, or true for a service on workers.dev');
  if (toml.workers_dev === true && toml.routes.length > 0) {
    const instead = 'For a service on workers.dev alone, write routes = []';
    refuse('workers_dev', `must be false: it is a second way in, which bypasses the firewall of your zone. ${instead}`);
  }
  if (toml.preview_urls !== false) {
    refuse('preview_urls', 'must be false: otherwise each version, with its old secrets, may get a URL of its own');
  }
  if (!keepsLinesOnly(toml.observability)) {
    const settings = 'redact_query_string = true, logs.invocation_logs = false, and neither traces nor issues';
    refuse('observability', `must have ${settings}: otherwise Cloudflare stores headers, and tokens with them`);
  }
  return problems;
}

/** Whether Cloudflare stores nothing of a request but the lines that the Worker writes. */
function keepsLinesOnly(observability: Exposure['observability']): boolean {
  if (observability === undefined) return false;
  const { enabled, redact_query_string, logs, traces, issues } = observability;
  if (traces?.enabled === true || issues?.enabled !== false) return false;
  const keepsLogs = logs?.enabled ?? enabled;
  return keepsLogs === false || (redact_query_string === true && logs?.invocation_logs === false);
}

import { dirname, isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';

/** The flags of `wrangler dev` that `npm run dev` uses itself. */
export type DevFlags = ReturnType<typeof readDevFlags>;

/** Reads `flags`, which may contain any flag of `wrangler dev`. */
export function readDevFlags(flags: string[]) {
  const { values } = parseArgs({
    args: flags,
    strict: false,
    options: {
      port: { type: 'string' },
      ip: { type: 'string' },
      'local-protocol': { type: 'string' },
      'persist-to': { type: 'string' },
      config: { type: 'string', short: 'c' },
      env: { type: 'string', short: 'e' },
      'env-file': { type: 'string', multiple: true },
      var: { type: 'string', multiple: true },
    },
  });
  const home = dirname(textOf(values.config) ?? '');
  return {
    /** All flags, unchanged. */
    all: flags,
    port: textOf(values.port),
    ip: textOf(values.ip),
    protocol: values['local-protocol'] === 'https' ? 'https' : 'http',
    persistTo: textOf(values['persist-to']),
    config: textOf(values.config),
    env: textOf(values.env) ?? process.env['CLOUDFLARE_ENV'],
    /** Whether the flags say whether to minify. */
    isMinifySaid: flags.some((flag) => /^--(no-)?minify\b/.test(flag)),
    /** Where wrangler keeps its databases. */
    state: textOf(values['persist-to']) ?? join(home, '.wrangler/state'),
    /** The files that wrangler reads instead of `.dev.vars`. */
    envFiles: textsOf(values['env-file']).map((file) => (isAbsolute(file) ? file : join(home, file))),
    /** Variables by name. */
    vars: Object.fromEntries(textsOf(values.var).map(splitVar)),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

function splitVar(text: string): [string, string] {
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
}

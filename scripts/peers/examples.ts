import { chownSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLES = 'examples/reverse-proxy';

/** The URLs of the proxy, and of what stands behind it. With https, Latchkey's certificate is trusted. */
export type Places = { proxy: string; latchkey: string; app: string; certificate: string };

/** The ports that the examples name. */
const NAMED = { '8080': 'proxy', '8787': 'latchkey', '9000': 'app' } as const;

/** The authorities that the examples trust. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** The user who may do nothing. Programs that are started by root run as this one. */
const NOBODY = 65_534;

/** Who the proxies run as: whoever runs the script, but never root. */
export const unprivileged = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * A new folder in `state` with the examples as they are documented, save the ports, whether Latchkey is reached by https, and
 * whose certificates are trusted; and with `files` beside them. It belongs to whom the proxies run as.
 */
export function copyExamples(state: string, places: Places, files: Record<string, string>): string {
  const folder = mkdtempSync(join(state, 'peer-'));
  own(folder);
  const examples = readdirSync(EXAMPLES).map((name) => [name, readFileSync(join(EXAMPLES, name), 'utf8')] as const);
  for (const [name, text] of [...examples, ...Object.entries(files)]) {
    writeFileSync(join(folder, name), adapt(text, places));
    own(join(folder, name));
  }
  return folder;
}

function adapt(text: string, places: Places): string {
  const { protocol } = new URL(places.latchkey);
  return text
    .replaceAll(/https?:(?=\/\/[\w.]+:8787\b)/g, protocol)
    .replaceAll(/:(8080|8787|9000)\b/g, (_, port: keyof typeof NAMED) => `:${new URL(places[NAMED[port]]).port}`)
    .replaceAll(AUTHORITIES, places.certificate);
}

function own(path: string): void {
  const { uid, gid } = unprivileged;
  if (uid !== undefined) chownSync(path, uid, gid);
}

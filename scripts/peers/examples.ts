import { chownSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLES = 'examples/reverse-proxy';

/** The URLs of the proxy and of the servers behind it, and the certificate that it trusts. */
export type Places = { proxy: string; latchkey: string; app: string; certificate: string };

/** The ports in the examples. */
const NAMED = { '8080': 'proxy', '8787': 'latchkey', '9000': 'app' } as const;

/** The file of authorities in the examples. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** The user without rights. Programs that root starts run as this user. */
const NOBODY = 65_534;

/** The user of the proxies: the current one, but never root. */
export const unprivileged = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Copies the documented examples into a new folder in `state`, with `files` beside them. Replaces only the ports, http
 * by https, and the trusted certificates. The folder belongs to the user of the proxies.
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

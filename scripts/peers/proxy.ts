import { findFreePort } from '../dev/ports.ts';
import { statusOf } from '../dev/status-of.ts';
import { type Started, startProcess } from '../harness/process.ts';
import { copyExamples, type Places, unprivileged } from './examples.ts';
import type { OAuthClient } from '../harness/oauth-client.ts';
import type { ProgramName } from './programs.ts';

const FIRST_PORT = 18_980;

/**
 * A reverse proxy, and how to run it in a `folder` with the examples, without touching anything else on the machine.
 */
export type Proxy = {
  title: string;
  /** The program, and what else must be installed. */
  programs: [ProgramName, ...ProgramName[]];
  /** The status of its response when it cannot reach Latchkey. */
  unreachable: number;
  /** What it asks Latchkey. `verify` and `introspect` see a revocation; `verify` also passes on 429 and 503. */
  asks: 'verify' | 'introspect' | 'keys';
  files: Record<string, string>;
  args: (folder: string) => string[];
};

type Surroundings = { program: string; state: string; places: Omit<Places, 'proxy'>; credentials: OAuthClient };

/** Starts `program` as a proxy between these places, in a new folder in `state`. */
export async function startProxy(
  { files, args }: Proxy,
  { program, state, places, credentials }: Surroundings,
): Promise<Started> {
  const url = `http://localhost:${await findFreePort(FIRST_PORT)}`;
  const folder = copyExamples(state, { ...places, proxy: url }, files);
  return startProcess({
    command: program,
    args: args(folder),
    env: {
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_RUNTIME_DIR: folder,
      // Caddy reads it by itself. For HAProxy and Apache, the files beside the examples name it.
      SSL_CERT_FILE: places.certificate,
      LATCHKEY_CLIENT_ID: credentials.id,
      LATCHKEY_CLIENT_SECRET: credentials.secret,
    },
    identity: unprivileged,
    isQuiet: true,
    url,
    isUp: async () => (await statusOf(url)) !== undefined,
  });
}

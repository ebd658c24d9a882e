import { findFreePort } from '../dev/ports.ts';
import { type Started, startProcess } from '../harness/process.ts';
import { copyExamples, type Places, unprivileged } from './examples.ts';
import type { OAuthClient } from './oauth-client.ts';
import type { ProgramName } from './programs.ts';

const FIRST_PORT = 18_980;

/** A reverse proxy, and how it runs in a `folder` with the examples without touching anything else of the machine. */
export type Proxy = {
  title: string;
  /** The program itself, and what else has to be there. */
  programs: [ProgramName, ...ProgramName[]];
  /** What it answers when Latchkey cannot be reached. */
  unreachable: number;
  /** Whether it asks Latchkey each time, passes its 429 and 503 on, and hears of a revocation; or only reads the public keys. */
  asks: 'verify' | 'introspect' | 'keys';
  files: Record<string, string>;
  args: (folder: string) => string[];
};

type Surroundings = { program: string; state: string; places: Omit<Places, 'proxy'>; credentials: OAuthClient };

/** Starts `program` as the proxy between these places, in a new folder in `state`. */
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
      // Caddy looks for it by itself; HAProxy and Apache are told by the files beside the examples.
      SSL_CERT_FILE: places.certificate,
      LATCHKEY_CLIENT_ID: credentials.id,
      LATCHKEY_CLIENT_SECRET: credentials.secret,
    },
    identity: unprivileged,
    isQuiet: true,
    url,
    isUp: () =>
      fetch(url).then(
        () => true,
        () => false,
      ),
  });
}

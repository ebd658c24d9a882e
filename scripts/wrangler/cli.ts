import { fileURLToPath } from 'node:url';

/** The path of wrangler itself, for the Node that runs the script. Its launcher in `bin` does not forward signals. */
export const WRANGLER = fileURLToPath(
  new URL('../../node_modules/wrangler/wrangler-dist/cli.js', import.meta.url).href,
);

/** The path of a script that runs wrangler and ends with its parent, which needs an IPC channel to it. */
export const WRANGLER_CHILD = fileURLToPath(new URL('child.ts', import.meta.url).href);

/** Where Node keeps compiled code, for the next start of a script or of wrangler. */
export const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url).href);

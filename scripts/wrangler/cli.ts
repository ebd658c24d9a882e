import { fileURLToPath } from 'node:url';

/** wrangler itself, for the Node that runs the script. Its launcher in `bin` would not pass signals on. */
export const WRANGLER = fileURLToPath(
  new URL('../../node_modules/wrangler/wrangler-dist/cli.js', import.meta.url).href,
);

/** wrangler as a child that ends with its parent, which has a channel to it. */
export const WRANGLER_CHILD = fileURLToPath(new URL('child.ts', import.meta.url).href);

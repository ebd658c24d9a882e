import { z } from '@hono/zod-openapi';
import { Refusal } from '../../../errors.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { assetResponses, sendAsset } from '../../response/asset.ts';

/** By path, the files of the playground. */
const files = { '/': 'playground.html', '/playground.js': 'playground.js', '/playground.css': 'playground.css' };

const routeAt = <const P extends string>(path: P) =>
  openRoute(
    {
      method: 'get',
      path,
      summary: 'A page to try the service, for development',
      responses: assetResponses({ 'text/*': { schema: z.string() } }),
    },
    { refuses: ['not_found'] },
  );

/** The page runs its own script, and calls nothing but this service. Its icon is a `data:` URL. */
const HEADERS = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** Refuses with `not_found` unless `PLAYGROUND` is on. */
export function mountPlayground(app: App) {
  for (const [path, file] of Object.entries(files)) {
    app.openapi(routeAt(path), async (c) => {
      if (!c.var.deps.config.hasPlayground) throw new Refusal('not_found');
      return sendAsset(c, file, HEADERS);
    });
  }
}

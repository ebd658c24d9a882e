import { z } from '@hono/zod-openapi';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { assetResponses, sendAsset } from '../../response/asset.ts';

/** By path, the files of the pages that mails link to. The page asks the address which of them it is. */
const files = {
  '/account/verify': 'account.html',
  '/account/register': 'account.html',
  '/account/confirm': 'account.html',
  '/account/reset': 'account.html',
  '/account/undo': 'account.html',
  '/account/account.js': 'account.js',
  '/account/account.css': 'account.css',
};

const routeAt = <const P extends string>(path: P) =>
  openRoute(
    {
      method: 'get',
      path,
      summary: 'A page that mails link to',
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

/** The pages do nothing before somebody presses a button. The token is in the fragment, which never gets here. */
export function mountAccountPages(app: App) {
  for (const [path, file] of Object.entries(files))
    app.openapi(routeAt(path), async (c) => sendAsset(c, file, HEADERS));
}

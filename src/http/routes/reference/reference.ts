import { z } from '@hono/zod-openapi';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { assetResponses, sendAsset } from '../../response/asset.ts';

const document = openRoute(
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This API, as an OpenAPI 3.1 document',
    responses: assetResponses({ 'application/json': { schema: z.object({ openapi: z.string() }).loose() } }),
  },
  { refuses: ['not_found'] },
);

const page = openRoute(
  {
    method: 'get',
    path: '/docs',
    summary: 'This API, as a page to read',
    responses: assetResponses({ 'text/html': { schema: z.string() } }),
  },
  { refuses: ['not_found'] },
);

const style = openRoute(
  {
    method: 'get',
    path: '/docs.css',
    summary: 'The style sheet of that page',
    responses: assetResponses({ 'text/css': { schema: z.string() } }),
  },
  { refuses: ['not_found'] },
);

const CACHED = { 'Cache-Control': 'public, max-age=600' };

/**
 * The page needs its style sheet, and nothing else. Its icon is an empty `data:` URL: without one, browsers ask for
 * /favicon.ico.
 */
const PAGE = {
  ...CACHED,
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

export function mountReference(app: App) {
  // `openapi` would ask for the value of the JSON, which nothing parses here.
  app.openAPIRegistry.registerPath(document);
  app.get(document.path, ...document.middleware, async (c) => sendAsset(c, 'openapi.json', CACHED));
  app.openapi(page, async (c) => sendAsset(c, 'docs.html', PAGE));
  app.openapi(style, async (c) => sendAsset(c, 'docs.css', CACHED));
}

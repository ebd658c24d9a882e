import { z } from '@hono/zod-openapi';
import type { Deps } from '../../domain/deps.ts';
import { Refusal } from '../../errors.ts';
import type { App } from '../app-env.ts';
import { openRoute } from '../endpoint.ts';
import { assetResponses, sendAsset } from '../response/asset.ts';

/** A page: by path, its files; and whether the service has it. */
type Page = { summary: string; files: Record<string, string>; isServed?: (config: Deps['config']) => boolean };

/** The page runs its own script, and calls nothing but this service. Its icon is a `data:` URL. */
const HEADERS = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

const responses = assetResponses({ 'text/*': { schema: z.string() } });

/** Serves the files of a page. Refuses with `not_found` where the service does not have it. */
export function mountPage(app: App, { summary, files, isServed = () => true }: Page): void {
  for (const [path, file] of Object.entries(files)) {
    const route = openRoute({ method: 'get', path, summary, responses }, { refuses: ['not_found'] });
    app.openapi(route, async (c) => {
      if (!isServed(c.var.deps.config)) throw new Refusal('not_found');
      return sendAsset(c, file, HEADERS);
    });
  }
}

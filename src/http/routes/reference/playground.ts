import type { App } from '../../app-env.ts';
import { mountPage } from '../page.ts';

/** By path, the files of the playground. */
const files = { '/': 'playground.html', '/playground.js': 'playground.js', '/playground.css': 'playground.css' };

/** Refuses with `not_found` unless `PLAYGROUND` is on. */
export function mountPlayground(app: App) {
  mountPage(app, {
    summary: 'A page to try the service, for development',
    files,
    isServed: ({ hasPlayground }) => hasPlayground,
  });
}

import type { App } from '../../app-env.ts';
import { mountPage } from '../page.ts';

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

/** The pages do nothing before somebody presses a button. The token is in the fragment, which never gets here. */
export function mountAccountPages(app: App) {
  mountPage(app, { summary: 'A page that mails link to', files });
}

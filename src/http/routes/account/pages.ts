import type { App } from '../../app-env.ts';
import { mountPage } from '../page.ts';

/**
 * By path, the files of the pages that mails link to, and of the page where people care for their second factors. The pages
 * of mails ask the address which of them they are.
 */
const files = {
  '/account/verify': 'account.html',
  '/account/register': 'account.html',
  '/account/confirm': 'account.html',
  '/account/reset': 'account.html',
  '/account/undo': 'account.html',
  '/account/account.js': 'account.js',
  '/account/account.css': 'account.css',
  '/account/security': 'security.html',
  '/account/security.js': 'security.js',
  '/account/security.css': 'security.css',
};

/** The pages of mails do nothing before somebody presses a button. The token is in the fragment, which never gets here. */
export function mountAccountPages(app: App) {
  mountPage(app, { summary: 'A page of an account', files });
}

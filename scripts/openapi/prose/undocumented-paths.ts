/** The files of pages, which are no part of the API. */
export const undocumentedPaths = [
  '/docs.css',
  '/',
  '/playground.js',
  '/playground.css',
  '/account/verify',
  '/account/register',
  '/account/confirm',
  '/account/reset',
  '/account/undo',
  '/account/account.js',
  '/account/account.css',
  '/account/security',
  '/account/security.js',
  '/account/security.css',
];

/** `<UUID>.<MAC>`, as the mail carries it. */
const TOKEN = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.[\w-]{43}$/;

/** In the history, after a link has been opened. It says nothing of the token. */
const OPENED = 'opened';

/**
 * How the page was opened: with the token of a link; with a `broken` link; `again`, after a reload has lost the token of
 * a link; or with `none`.
 */
export type Link = { kind: 'token'; token: string } | { kind: 'broken' | 'again' | 'none' };

/** Takes the token out of the address and out of the history. From here on, only the variables of this page have it. */
export function takeLink(): Link {
  const { hash, pathname, search } = location;
  if (hash.length < 2) return { kind: history.state === OPENED ? 'again' : 'none' };
  history.replaceState(OPENED, '', pathname + search);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  return TOKEN.test(token) ? { kind: 'token', token } : { kind: 'broken' };
}

/** Forgets that a link was opened, when it has done its work. */
export function forgetLink(): void {
  history.replaceState(null, '');
}

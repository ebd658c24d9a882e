import { claimWords, headerWords, showValue } from './claims.ts';
import { find, make } from './dom.ts';
import { decodeJwt, type Part } from './jwt.ts';
import { showLife } from './life.ts';
import { shortenToken } from './secrets.ts';

let shown: string | undefined;

/** Shows what the access token says; with `undefined`, that there is none. Unless `isFull`, the token is shortened. */
export function showToken(token: string | undefined, isFull: boolean): void {
  shown = token;
  showRawToken(isFull);
  const { header = {}, claims = {} } = (token === undefined ? undefined : decodeJwt(token)) ?? {};
  find('no-token', HTMLParagraphElement).hidden = token !== undefined;
  find('token', HTMLDivElement).hidden = token === undefined;
  showPart('token-header', header, headerWords);
  showPart('token-claims', claims, claimWords);
  showLife(claims);
}

/** Shows the same token again, in full or shortened. */
export function showRawToken(isFull: boolean): void {
  find('raw-token', HTMLElement).textContent = isFull ? (shown ?? '') : shortenToken(shown ?? '');
}

/** Shows in the table body `id` what the access token `token` claims; with `undefined`, nothing. */
export function showClaims(id: string, token: string | undefined): void {
  showPart(id, (token === undefined ? undefined : decodeJwt(token)?.claims) ?? {}, claimWords);
}

function showPart(id: string, part: Part, words: Readonly<Record<string, string>>): void {
  find(id, HTMLTableSectionElement).replaceChildren(...rowsOf(part, words));
}

/** A row for each field of `part`: first those that have words, in their order. */
function rowsOf(part: Part, words: Readonly<Record<string, string>>): HTMLTableRowElement[] {
  const names = [...new Set([...Object.keys(words), ...Object.keys(part)])].filter((name) => Object.hasOwn(part, name));
  return names.map((name) => {
    const head = make('th', '', make('code', '', name));
    head.scope = 'row';
    const value = make('code', '', showValue(name, part[name]));
    return make('tr', '', head, make('td', '', make('div', '', value, make('small', '', words[name] ?? ''))));
  });
}

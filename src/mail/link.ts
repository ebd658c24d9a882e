import type { Locale } from './locale.ts';

/** The link to the account page `page` under `accountUrl`. The token is in the fragment, which no server sees. */
export function accountLink(accountUrl: string, page: string, { locale, token }: { locale: Locale; token: string }) {
  return `${accountUrl}/${page}?lang=${locale}#token=${token}`;
}

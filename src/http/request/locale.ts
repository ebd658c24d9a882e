import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

/** The languages that the service writes. */
const LOCALES = ['en', 'de'] as const;

export type Locale = (typeof LOCALES)[number];

/**
 * The language of ours that the sender of the request likes best: `de` also for `de-AT`. `undefined` when the request
 * does not say, or names no language of ours.
 */
export function localeOf(c: Context): Locale | undefined {
  const locale = accepts(c, {
    header: 'Accept-Language',
    supports: [...LOCALES],
    default: '',
    // The ranges come in the order of preference. The lookup of RFC 4647, section 3.4, drops the region.
    match: (ranges) => ranges.find(({ type, q }) => q > 0 && isOurs(languageOf(type)))?.type ?? '',
  });
  return LOCALES.find((known) => known === languageOf(locale));
}

const languageOf = (range: string): string => range.split('-', 1)[0]?.toLowerCase() ?? '';

const isOurs = (language: string): boolean => LOCALES.some((known) => known === language);

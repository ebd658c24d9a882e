/** The languages of the mails. */
export type Locale = 'en' | 'de';

/** The language for `locale`. Without one that we write, it is English. */
export const toLocale = (locale: string | undefined): Locale => (locale === 'de' ? 'de' : 'en');

/** A time in seconds as people say it: `60 minutes`, `24 hours`, `7 days`, `1 Minute`. */
export function sayLife(seconds: number, locale: Locale): string {
  const minutes = Math.max(Math.round(seconds / 60), 1);
  const hours = Math.round(minutes / 60);
  if (minutes < 120) return say(minutes, 'minute', locale);
  return hours < 48 ? say(hours, 'hour', locale) : say(Math.round(hours / 24), 'day', locale);
}

const say = (count: number, unit: string, locale: Locale) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', useGrouping: false }).format(count);

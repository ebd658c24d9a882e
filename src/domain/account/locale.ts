/** A language that mails are written in. */
export type Locale = 'en' | 'de';

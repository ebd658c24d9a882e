/** A sentence in both languages. Without German, it is one of the service's own. */
export type Text = Readonly<{ en: string; de?: string }>;

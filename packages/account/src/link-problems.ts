import type { Text } from './text.ts';

const openAgain: Text = {
  en: 'Open the link in the mail again. This page keeps nothing of it when it is loaded anew.',
  de: 'Öffnen Sie den Link in der E-Mail noch einmal. Diese Seite behält nichts davon, wenn sie neu geladen wird.',
};

/** By what is wrong with a link, what to tell a person. */
export const linkProblems = {
  broken: {
    en: 'This link is not complete. Open it in the mail again, or copy all of it.',
    de: 'Dieser Link ist nicht vollständig. Öffnen Sie ihn in der E-Mail noch einmal, oder kopieren Sie ihn ganz.',
  },
  again: openAgain,
  none: {
    en: 'This page needs a link. Open the one in our mail.',
    de: 'Diese Seite braucht einen Link. Öffnen Sie den in unserer E-Mail.',
  },
  invalid: {
    en: 'This link has been used, or it is too old. If you have used it already, everything is done.',
    de: 'Dieser Link wurde schon verwendet, oder er ist zu alt. Wenn Sie ihn schon verwendet haben, ist alles erledigt.',
  },
} as const satisfies Record<string, Text>;

import type { Factors, User } from 'latchkey-client';
import { make } from '../dom.ts';
import { say } from '../language.ts';
import type { Text } from '../text.ts';
import { notify } from '../view.ts';
import { appSection, codesSection, passkeysSection, sectionOf } from './sections.ts';
import { type Next, places } from './places.ts';
import { showScreen } from './screen.ts';
import { latchkey } from './session.ts';
import { makeTask } from './task.ts';

/** Loads the factors of the account. What it returns shows them. Throws `LatchkeyError`. */
export async function loadHome(notice?: Text, kind: 'done' | 'problem' = 'done'): Promise<Next> {
  const [factors, user, canAdd] = await Promise.all([latchkey.factors(), latchkey.user(), latchkey.canUsePasskeys()]);
  return () => {
    showHome(factors, user, canAdd);
    notify(notice, kind);
  };
}

function showHome(factors: Factors, user: User | undefined, canAdd: boolean): void {
  showScreen({
    title: { en: 'Your second factors', de: 'Ihre zweiten Faktoren' },
    intro: factors.required ? required : optional,
    content: [appSection(factors), passkeysSection(factors, canAdd), ...codesSection(factors), sessionSection(user)],
  });
}

function sessionSection(user: User | undefined): HTMLElement {
  const email = user?.email ?? '';
  const words = make('p');
  say(words, {
    en: `You are logged in as ${email}, on this page only. Log out to end this session: closing the page does not.`,
    de: `Sie sind als ${email} angemeldet, nur auf dieser Seite. Melden Sie sich ab, um diese Sitzung zu beenden: Das Schließen der Seite tut es nicht.`,
  });
  const logOut = makeTask({
    button: { en: 'Log out', de: 'Abmelden' },
    isMain: false,
    work: async () => {
      await latchkey.logOut();
      return () => places().signIn({ en: 'You are logged out.', de: 'Sie sind abgemeldet.' });
    },
  });
  return sectionOf('session', { en: 'This session', de: 'Diese Sitzung' }, words, logOut);
}

const what = {
  en: 'A second factor is something that you have, beside the password that you know. With one, nobody gets into your account with your password alone.',
  de: 'Ein zweiter Faktor ist etwas, das Sie haben, neben dem Passwort, das Sie kennen. Damit kommt niemand allein mit Ihrem Passwort in Ihr Konto.',
};

const optional: Text = what;

const required: Text = {
  en: `${what.en} Your account needs one.`,
  de: `${what.de} Ihr Konto braucht einen.`,
};

import { LatchkeyError, type LoginChallenge } from 'latchkey-client';
import { make } from '../dom.ts';
import { say } from '../language.ts';
import type { Text } from '../text.ts';
import { notify } from '../view.ts';
import { addressField, currentPasswordField } from './fields.ts';
import { type Next, places } from './places.ts';
import { askForFactor, waysOf } from './proof.ts';
import { explain, wrongPasskey } from './refusals.ts';
import { showScreen } from './screen.ts';
import { latchkey } from './session.ts';
import { showFirstFactor } from './first-factor.ts';
import { goHome, makeTask, refusalOf } from './task.ts';

/** Shows the form to log in. The browser offers its passkeys in the field of the address. */
export function showSignIn(notice?: Text, kind: 'done' | 'problem' = 'done'): void {
  const [email, password] = [addressField(), currentPasswordField()];
  const form = makeTask({
    fields: [email, password],
    button: { en: 'Log in', de: 'Anmelden' },
    work: () => logIn({ email: email.input.value.trim(), password: password.input.value }),
    beside: { invalid_credentials: password },
  });
  const byPasskey = makeTask({
    button: { en: 'Log in with a passkey', de: 'Mit Passkey anmelden' },
    isMain: false,
    work: async () => {
      await latchkey.logInWithPasskey();
      return places().home();
    },
    texts: { wrong_factor: wrongPasskey },
  });
  const forgotten = make('a', { href: 'reset' });
  say(forgotten, { en: 'I have forgotten my password', de: 'Ich habe mein Passwort vergessen' });
  const left = new AbortController();
  showScreen({
    title: { en: 'Log in', de: 'Anmelden' },
    intro: {
      en: 'Here you see and change how you log in. This page keeps your login in its memory only: when you load it again or close it, it has forgotten you.',
      de: 'Hier sehen und ändern Sie, wie Sie sich anmelden. Diese Seite behält Ihre Anmeldung nur im Arbeitsspeicher: Wenn Sie sie neu laden oder schließen, hat sie Sie vergessen.',
    },
    content: [form, byPasskey, make('p', {}, forgotten)],
    leave: () => left.abort(),
  });
  notify(notice, kind);
  offerPasskeys(byPasskey, left.signal).catch(reportError);
}

/** Hides the button where there are no passkeys, and waits for one that is chosen in the field of the address. */
async function offerPasskeys(button: HTMLElement, signal: AbortSignal): Promise<void> {
  button.hidden = !(await latchkey.canUsePasskeys());
  if (!(await latchkey.canUsePasskeys({ conditional: true })) || signal.aborted) return;
  try {
    await latchkey.logInWithPasskey({ conditional: true, signal });
    goHome();
  } catch (error) {
    const { code } = refusalOf(error);
    // The form is there, and works without.
    if (['passkey_cancelled', 'passkeys_unavailable', 'unreachable'].includes(code)) return;
    notify(code === 'wrong_factor' ? wrongPasskey : explain(code));
  }
}

async function logIn(credentials: { email: string; password: string }): Promise<Next> {
  try {
    await latchkey.logIn(credentials);
  } catch (error) {
    const challenge = error instanceof LatchkeyError ? error.challenge : undefined;
    if (challenge === undefined || !(error instanceof LatchkeyError)) throw error;
    return error.code === 'second_factor_required' ? secondStep(challenge) : () => showFirstFactor(challenge);
  }
  return places().home();
}

/** Asks for the second factor that the account has. */
async function secondStep(challenge: LoginChallenge): Promise<Next> {
  const ways = await waysOf(challenge.methods);
  return () =>
    askForFactor({
      title: { en: 'Your second factor', de: 'Ihr zweiter Faktor' },
      ways,
      prove: async (factor) => {
        await latchkey.logInWithFactor(challenge, factor);
        return places().home();
      },
      leave: { text: { en: 'Log in as somebody else', de: 'Als jemand anders anmelden' }, act: () => showSignIn() },
      whenOver: (text) => showSignIn(text, 'problem'),
    });
}

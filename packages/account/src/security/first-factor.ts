import type { LoginChallenge } from 'latchkey-client';
import { makeOtherButton } from '../form.ts';
import { appTask } from './app.ts';
import { passkeyButton } from './passkeys.ts';
import { places } from './places.ts';
import { showScreen } from './screen.ts';

/** Shows what somebody can set up who may not log in without a second factor. */
export function showFirstFactor(challenge: LoginChallenge): void {
  const { methods } = challenge;
  showScreen({
    title: { en: 'Set up a second factor', de: 'Zweiten Faktor einrichten' },
    intro: {
      en: 'This service wants a second factor of you: something that you have, beside the password that you know. With it, nobody gets into your account with your password alone. Set one up to log in.',
      de: 'Dieser Dienst verlangt einen zweiten Faktor von Ihnen: etwas, das Sie haben, neben dem Passwort, das Sie kennen. Damit kommt niemand allein mit Ihrem Passwort in Ihr Konto. Richten Sie einen ein, um sich anzumelden.',
    },
    content: [
      ...(methods.includes('passkey') ? [passkeyButton({ isMain: true, challenge })] : []),
      ...(methods.includes('totp')
        ? [appTask({ en: 'Set up an authenticator app', de: 'Authenticator-App einrichten' }, challenge)]
        : []),
      makeOtherButton({ en: 'Log in as somebody else', de: 'Als jemand anders anmelden' }, () => places().signIn()),
    ],
  });
}

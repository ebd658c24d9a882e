import { textOf } from '../refusals.ts';
import type { Text } from '../text.ts';

const gone: Text = {
  en: 'This is not there any more. Here is what your account has now.',
  de: 'Das gibt es nicht mehr. Hier sehen Sie, was Ihr Konto jetzt hat.',
};

/** What to tell somebody whose passkey is refused. */
export const wrongPasskey: Text = {
  en: 'The service does not know this passkey for your account. It may have been removed.',
  de: 'Der Dienst kennt diesen Passkey nicht für Ihr Konto. Vielleicht wurde er entfernt.',
};

/** By code, what to tell a person who cares for second factors. The other codes are those of all pages. */
const texts: Readonly<Record<string, Text>> = {
  invalid_credentials: {
    en: 'The address or the password is wrong.',
    de: 'Die Adresse oder das Passwort ist falsch.',
  },
  wrong_password: { en: 'The password is wrong.', de: 'Das Passwort ist falsch.' },
  wrong_factor: {
    en: 'This is wrong, or it has been used already. After many wrong attempts, you have to wait for a while.',
    de: 'Das ist falsch, oder es wurde schon verwendet. Nach vielen falschen Versuchen müssen Sie eine Weile warten.',
  },
  invalid_challenge_token: {
    en: 'This took too long, or the account has changed meanwhile. Begin again.',
    de: 'Das hat zu lange gedauert, oder das Konto hat sich inzwischen geändert. Beginnen Sie noch einmal.',
  },
  passkey_cancelled: {
    en: 'No passkey was used. Press the button again, or choose another way.',
    de: 'Es wurde kein Passkey verwendet. Drücken Sie den Knopf noch einmal, oder wählen Sie einen anderen Weg.',
  },
  passkeys_unavailable: {
    en: 'This browser cannot use passkeys here. Choose another way, or another browser.',
    de: 'Dieser Browser kann hier keine Passkeys verwenden. Wählen Sie einen anderen Weg oder einen anderen Browser.',
  },
  passkey_taken: {
    en: 'This device has a passkey for your account already.',
    de: 'Dieses Gerät hat schon einen Passkey für Ihr Konto.',
  },
  too_many_passkeys: {
    en: 'Your account has as many passkeys as it can have. Remove one first.',
    de: 'Ihr Konto hat so viele Passkeys, wie es haben kann. Entfernen Sie zuerst einen.',
  },
  invalid_passkey: {
    en: 'The service cannot use this passkey. Make one that asks for your fingerprint, face or PIN.',
    de: 'Der Dienst kann diesen Passkey nicht verwenden. Legen Sie einen an, der nach Fingerabdruck, Gesicht oder PIN fragt.',
  },
  last_factor: {
    en: 'Your account needs a second factor. Set up another one before you remove this one.',
    de: 'Ihr Konto braucht einen zweiten Faktor. Richten Sie einen anderen ein, bevor Sie diesen entfernen.',
  },
  change_conflict: {
    en: 'Your account was changed at the same time. Here is what it has now.',
    de: 'Ihr Konto wurde gleichzeitig geändert. Hier sehen Sie, was es jetzt hat.',
  },
  unknown_passkey: gone,
  unknown_factor: gone,
  no_second_factor: gone,
  not_logged_in: {
    en: 'You are not logged in any more. Log in again.',
    de: 'Sie sind nicht mehr angemeldet. Melden Sie sich noch einmal an.',
  },
  login_failed: textOf('unreachable'),
  unexpected_response: textOf('unreachable'),
};

/** After these, the page shows what the account has now. */
export const isStale = (code: string): boolean =>
  ['change_conflict', 'unknown_passkey', 'unknown_factor', 'no_second_factor', 'invalid_challenge_token'].includes(
    code,
  );

/** What to tell a person about the refusal `code`. */
export function explain(code: string): Text {
  return Object.hasOwn(texts, code) ? (texts[code] ?? textOf(code)) : textOf(code);
}

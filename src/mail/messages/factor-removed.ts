import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account that lost an authenticator app or a passkey, by its owner or by an operator. */
export function factorRemoved({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Zweiter Faktor entfernt bei ${appName}`, [
      `Aus Ihrem Konto bei ${appName} wurde eine Authenticator-App oder ein Passkey entfernt. Wenn Sie das waren oder darum gebeten haben, löschen Sie diese Nachricht.`,
      'Wenn nicht, ändern Sie Ihr Passwort, richten Sie einen zweiten Faktor ein und fragen Sie die Betreiber des Dienstes.',
    ]);
  return layOut(locale, `Second factor removed at ${appName}`, [
    `An authenticator app or a passkey was removed from your account at ${appName}. If you did that or asked for it, delete this mail.`,
    'If not, change your password, set up a second factor, and ask the people who run this service.',
  ]);
}

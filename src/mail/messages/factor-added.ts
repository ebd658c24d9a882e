import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account that got an authenticator app or a passkey. */
export function factorAdded({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Neuer zweiter Faktor bei ${appName}`, [
      `In Ihrem Konto bei ${appName} wurde eine Authenticator-App oder ein Passkey eingerichtet. Wenn Sie das waren, löschen Sie diese Nachricht.`,
      'Wenn Sie das nicht waren, kennt jemand Ihr Passwort. Ändern Sie es, sehen Sie Ihre Faktoren durch und entfernen Sie alle, die Sie nicht kennen.',
    ]);
  return layOut(locale, `New second factor at ${appName}`, [
    `An authenticator app or a passkey was set up in your account at ${appName}. If that was you, delete this mail.`,
    'If that was not you, somebody knows your password. Change it, look at your factors, and remove those that you do not know.',
  ]);
}

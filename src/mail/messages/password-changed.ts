import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account whose password has been changed or reset. */
export function passwordChanged({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Ihr Passwort für ${appName} ist geändert`, [
      `Das Passwort Ihres Kontos bei ${appName} ist geändert. Alle Geräte mit dem alten Passwort sind abgemeldet.`,
      'Wenn Sie das waren, löschen Sie diese Nachricht.',
      'Wenn Sie das nicht waren, setzen Sie das Passwort sofort zurück. Prüfen Sie auch, ob jemand anderes Ihre E-Mails lesen kann.',
    ]);
  return layOut(locale, `Your password for ${appName} has changed`, [
    `The password of your account at ${appName} has changed. All devices with the old password are logged out.`,
    'If that was you, delete this mail.',
    'If that was not you, reset the password at once. Also check whether somebody else can read your mail.',
  ]);
}

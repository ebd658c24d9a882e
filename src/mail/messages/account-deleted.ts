import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account that is gone. */
export function accountDeleted({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Ihr Konto bei ${appName} ist gelöscht`, [
      `Ihr Konto bei ${appName} ist gelöscht, und alle Geräte sind abgemeldet. Wenn Sie das waren, löschen Sie diese Nachricht.`,
      `Wenn Sie das nicht waren, wenden Sie sich sofort an ${appName}. Wer das Konto gelöscht hat, kennt Ihr Passwort: Ändern Sie es überall, wo Sie es noch verwenden.`,
    ]);
  return layOut(locale, `Your account at ${appName} is deleted`, [
    `Your account at ${appName} is deleted, and all devices are logged out. If that was you, delete this mail.`,
    `If that was not you, contact ${appName} at once. Whoever deleted the account knows your password: change it wherever else you use it.`,
  ]);
}

import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account that got new recovery codes. */
export function recoveryCodesMade({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Neue Wiederherstellungscodes bei ${appName}`, [
      `Ihr Konto bei ${appName} hat neue Wiederherstellungscodes. Die früheren gelten nicht mehr. Wenn Sie das waren, löschen Sie diese Nachricht.`,
      'Wenn Sie das nicht waren, ändern Sie Ihr Passwort, und lassen Sie sich danach neue Codes geben.',
    ]);
  return layOut(locale, `New recovery codes at ${appName}`, [
    `Your account at ${appName} has new recovery codes. The former ones no longer work. If that was you, delete this mail.`,
    'If that was not you, change your password, and get new codes after that.',
  ]);
}

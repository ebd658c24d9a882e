import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account in which somebody used a recovery code. */
export function recoveryCodeUsed({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Wiederherstellungscode verwendet bei ${appName}`, [
      `Jemand hat einen Wiederherstellungscode Ihres Kontos bei ${appName} verwendet. Wenn Sie das waren, löschen Sie diese Nachricht. Der Code gilt nicht mehr.`,
      'Wenn Sie das nicht waren, ändern Sie Ihr Passwort, sehen Sie Ihre Faktoren durch, und lassen Sie sich neue Codes geben.',
    ]);
  return layOut(locale, `Recovery code used at ${appName}`, [
    `Somebody used a recovery code of your account at ${appName}. If that was you, delete this mail. The code no longer works.`,
    'If that was not you, change your password, look at your factors, and get new codes.',
  ]);
}

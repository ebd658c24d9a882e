import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account that somebody logged in to from a network that was not known there. */
export function newNetwork({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Anmeldung bei ${appName} aus einem neuen Netz`, [
      `Jemand hat sich bei Ihrem Konto bei ${appName} angemeldet, und zwar aus einem Netz, das dort noch nicht bekannt war. Wenn Sie das waren, löschen Sie diese Nachricht.`,
      'Wenn Sie das nicht waren, ändern Sie sofort Ihr Passwort. Das meldet alle anderen Geräte ab.',
    ]);
  return layOut(locale, `Login to ${appName} from a new network`, [
    `Somebody logged in to your account at ${appName} from a network that was not known there. If that was you, delete this mail.`,
    'If that was not you, change your password at once. This logs out all other devices.',
  ]);
}

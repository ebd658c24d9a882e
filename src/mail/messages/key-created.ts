import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/**
 * To the address of an account in which an API key was made. It does not name the key: whoever has a stolen session
 * chooses the name.
 */
export function keyCreated({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Neuer API-Schlüssel bei ${appName}`, [
      `In Ihrem Konto bei ${appName} wurde ein API-Schlüssel erstellt. Ein Programm mit diesem Schlüssel kann in Ihrem Namen handeln. Wenn Sie das waren, löschen Sie diese Nachricht.`,
      'Wenn Sie das nicht waren, sehen Sie Ihre API-Schlüssel durch und widerrufen Sie alle, die Sie nicht kennen. Ändern Sie auch Ihr Passwort. Das meldet alle anderen Geräte ab, widerruft aber keine API-Schlüssel.',
    ]);
  return layOut(locale, `New API key at ${appName}`, [
    `An API key was made in your account at ${appName}. A program with this key can act for you. If that was you, delete this mail.`,
    'If that was not you, look at your API keys, and revoke those that you do not know. Change your password too. This logs out all other devices, but revokes no API keys.',
  ]);
}

import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData, proofBlocks } from '../message.ts';

/** To the old address of an account that has a new one. The link restores the old one. */
export function emailChanged(data: MessageData, locale: Locale): Message {
  const { appName } = data;
  if (locale === 'de')
    return layOut(locale, `Ihr Konto bei ${appName} hat eine neue E-Mail-Adresse`, [
      `Ihr Konto bei ${appName} hat jetzt eine andere E-Mail-Adresse als diese. Wenn Sie das waren, löschen Sie diese Nachricht.`,
      'Wenn Sie das nicht waren, machen Sie die Änderung rückgängig. Dann gilt wieder diese Adresse, alle Geräte werden abgemeldet, und Sie bekommen eine Nachricht, um ein neues Passwort zu wählen:',
      ...proofBlocks(data, locale, 'Änderung rückgängig machen'),
    ]);
  return layOut(locale, `Your account at ${appName} has a new e-mail address`, [
    `Your account at ${appName} now has another e-mail address than this one. If that was you, delete this mail.`,
    'If that was not you, undo the change. Then this address is back, all devices are logged out, and you get a mail to choose a new password:',
    ...proofBlocks(data, locale, 'Undo the change'),
  ]);
}

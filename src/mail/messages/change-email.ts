import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData, proofBlocks } from '../message.ts';

/** To the new address that somebody wants for an account. */
export function changeEmail(data: MessageData, locale: Locale): Message {
  const { appName } = data;
  if (locale === 'de')
    return layOut(locale, `Bestätigen Sie Ihre neue E-Mail-Adresse für ${appName}`, [
      `Jemand möchte diese E-Mail-Adresse für ein Konto bei ${appName} verwenden. Wenn Sie das sind, bestätigen Sie es:`,
      ...proofBlocks(data, locale, 'Neue Adresse bestätigen'),
      'Wenn Sie das nicht sind, löschen Sie diese Nachricht. Dann ändert sich nichts.',
    ]);
  return layOut(locale, `Confirm your new e-mail address for ${appName}`, [
    `Somebody wants to use this e-mail address for an account at ${appName}. If that was you, confirm it:`,
    ...proofBlocks(data, locale, 'Confirm the new address'),
    'If that was not you, delete this mail. Then nothing changes.',
  ]);
}

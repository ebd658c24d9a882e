import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData, proofBlocks } from '../message.ts';

/** To the address of an account that an administrator has made. */
export function invitation(data: MessageData, locale: Locale): Message {
  const { appName } = data;
  if (locale === 'de')
    return layOut(locale, `Ihr Konto bei ${appName}`, [
      `Sie haben ein Konto bei ${appName}. Wählen Sie ein Passwort, um sich anzumelden:`,
      ...proofBlocks(data, locale, 'Passwort wählen'),
      'Wenn Sie damit nicht gerechnet haben, löschen Sie diese Nachricht.',
    ]);
  return layOut(locale, `Your account at ${appName}`, [
    `You have an account at ${appName}. Choose a password to log in:`,
    ...proofBlocks(data, locale, 'Choose a password'),
    'If you did not expect this, delete this mail.',
  ]);
}

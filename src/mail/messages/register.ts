import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData, proofBlocks } from '../message.ts';

/** To an address that somebody wants to make an account for. */
export function register(data: MessageData, locale: Locale): Message {
  const { appName } = data;
  if (locale === 'de')
    return layOut(locale, `Ihr neues Konto bei ${appName}`, [
      `Jemand möchte mit dieser E-Mail-Adresse ein Konto bei ${appName} anlegen. Wenn Sie das sind, wählen Sie ein Passwort:`,
      ...proofBlocks(data, locale, 'Passwort wählen'),
      'Wenn Sie das nicht sind, löschen Sie diese Nachricht. Dann entsteht kein Konto.',
    ]);
  return layOut(locale, `Your new account at ${appName}`, [
    `Somebody wants to make an account at ${appName} with this e-mail address. If that was you, choose a password:`,
    ...proofBlocks(data, locale, 'Choose a password'),
    'If that was not you, delete this mail. Then there will be no account.',
  ]);
}

import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData, proofBlocks } from '../message.ts';

/** To the address of an account whose password somebody has forgotten. */
export function resetPassword(data: MessageData, locale: Locale): Message {
  const { appName } = data;
  if (locale === 'de')
    return layOut(locale, `Neues Passwort für ${appName}`, [
      `Jemand möchte das Passwort Ihres Kontos bei ${appName} zurücksetzen. Wenn Sie das sind, wählen Sie ein neues:`,
      ...proofBlocks(data, locale, 'Neues Passwort wählen'),
      'Wenn Sie das nicht sind, löschen Sie diese Nachricht. Ihr Passwort bleibt, wie es ist.',
    ]);
  return layOut(locale, `A new password for ${appName}`, [
    `Somebody wants to reset the password of your account at ${appName}. If that was you, choose a new one:`,
    ...proofBlocks(data, locale, 'Choose a new password'),
    'If that was not you, delete this mail. Your password stays as it is.',
  ]);
}

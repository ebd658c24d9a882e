import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData, proofBlocks } from '../message.ts';

/** To the address of an account, to learn whether it belongs to whoever has the account. */
export function verifyEmail(data: MessageData, locale: Locale): Message {
  const { appName } = data;
  if (locale === 'de')
    return layOut(locale, `Bestätigen Sie Ihre E-Mail-Adresse für ${appName}`, [
      `Bei ${appName} gibt es ein Konto mit dieser E-Mail-Adresse. Bestätigen Sie, dass sie Ihnen gehört:`,
      ...proofBlocks(data, locale, 'E-Mail-Adresse bestätigen'),
      `Wenn Sie sich nicht bei ${appName} registriert haben, bestätigen Sie nichts und löschen Sie diese Nachricht. Oder setzen Sie das Passwort zurück: Dann gehört das Konto Ihnen.`,
    ]);
  return layOut(locale, `Confirm your e-mail address for ${appName}`, [
    `There is an account at ${appName} with this e-mail address. Confirm that the address is yours:`,
    ...proofBlocks(data, locale, 'Confirm the e-mail address'),
    `If you did not register at ${appName}, confirm nothing and delete this mail. Or reset the password: then the account is yours.`,
  ]);
}

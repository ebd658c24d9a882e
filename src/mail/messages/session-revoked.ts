import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To the address of an account in which an old refresh token was used again. */
export function sessionRevoked({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Ein Gerät wurde bei ${appName} abgemeldet`, [
      `Ein Gerät wurde von Ihrem Konto bei ${appName} abgemeldet, denn jemand hat einen alten Schlüssel dieser Anmeldung noch einmal benutzt. Vielleicht hat jemand ihn kopiert.`,
      'Melden Sie sich auf dem Gerät neu an. Wenn Sie den Grund nicht kennen, ändern Sie auch Ihr Passwort. Das meldet alle anderen Geräte ab.',
    ]);
  return layOut(locale, `A device was logged out of ${appName}`, [
    `A device was logged out of your account at ${appName}, because somebody used an old key of that login again. The key may have been copied.`,
    'Log in again on the device. If you do not know the reason, change your password too. This logs out all other devices.',
  ]);
}

import type { Locale } from '../locale.ts';
import { layOut, type Message, type MessageData } from '../message.ts';

/** To an address that somebody wants to make an account for, and that has one. */
export function accountExists({ appName }: MessageData, locale: Locale): Message {
  if (locale === 'de')
    return layOut(locale, `Sie haben schon ein Konto bei ${appName}`, [
      `Jemand wollte mit dieser E-Mail-Adresse ein Konto bei ${appName} anlegen. Sie haben aber schon eines.`,
      'Wenn Sie das waren, melden Sie sich an. Wenn Sie das Passwort nicht mehr wissen, setzen Sie es zurück.',
      'Wenn Sie das nicht waren, löschen Sie diese Nachricht. An Ihrem Konto hat sich nichts geändert.',
    ]);
  return layOut(locale, `You already have an account at ${appName}`, [
    `Somebody wanted to make an account at ${appName} with this e-mail address. But you already have one.`,
    'If that was you, log in. If you have forgotten the password, reset it.',
    'If that was not you, delete this mail. Nothing has changed in your account.',
  ]);
}

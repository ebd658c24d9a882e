import type { Text } from './text.ts';

const again: Text = {
  en: 'The service did not answer as it should. Nothing is lost: press the button again in a moment.',
  de: 'Der Dienst hat nicht richtig geantwortet. Nichts ist verloren: Drücken Sie den Knopf gleich noch einmal.',
};

/** By code, what a person can do about a refusal. `invalid_challenge` and wrong fields are the form's own. */
const texts: Readonly<Record<string, Text>> = {
  too_many_requests: {
    en: 'Too many attempts. Wait a minute, then press the button again.',
    de: 'Zu viele Versuche. Warten Sie eine Minute, und drücken Sie den Knopf dann noch einmal.',
  },
  registration_closed: {
    en: 'Nobody can register here. Ask the people who run this service for an account.',
    de: 'Hier kann sich niemand registrieren. Bitten Sie die Betreiber des Dienstes um ein Konto.',
  },
  email_taken: {
    en: 'There is an account with this address already. Log in, or choose a new password if you have forgotten yours.',
    de: 'Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an, oder wählen Sie ein neues Passwort, wenn Sie Ihres vergessen haben.',
  },
  mail_unavailable: {
    en: 'This service sends no mail at the moment. Ask the people who run it.',
    de: 'Dieser Dienst verschickt zurzeit keine E-Mails. Fragen Sie seine Betreiber.',
  },
  unreachable: again,
  storage_unavailable: again,
  breach_check_unavailable: again,
  internal_error: again,
  registration_failed: again,
  not_ready: again,
  misconfigured: again,
};

/** Whether pressing the button again can never help. */
export const isFinal = (code: string): boolean => code === 'registration_closed' || code === 'mail_unavailable';

/** What to tell a person about the refusal `code`. */
export function textOf(code: string): Text {
  const other = {
    en: `This did not work. Tell the people who run this service: ${code}.`,
    de: `Das hat nicht geklappt. Sagen Sie den Betreibern des Dienstes: ${code}.`,
  };
  return Object.hasOwn(texts, code) ? (texts[code] ?? other) : other;
}

import type { Letter, LetterName } from './letter.ts';
import { accountLink } from './link.ts';
import { type Locale, toLocale } from './locale.ts';
import type { Mailbox, Outcome, Transport } from './mail.ts';
import type { Message, MessageData } from './message.ts';
import { accountDeleted } from './messages/account-deleted.ts';
import { accountExists } from './messages/account-exists.ts';
import { changeEmail } from './messages/change-email.ts';
import { emailChanged } from './messages/email-changed.ts';
import { factorAdded } from './messages/factor-added.ts';
import { factorRemoved } from './messages/factor-removed.ts';
import { invitation } from './messages/invitation.ts';
import { keyCreated } from './messages/key-created.ts';
import { newNetwork } from './messages/new-network.ts';
import { passwordChanged } from './messages/password-changed.ts';
import { recoveryCodeUsed } from './messages/recovery-code-used.ts';
import { recoveryCodesMade } from './messages/recovery-codes-made.ts';
import { register } from './messages/register.ts';
import { resetPassword } from './messages/reset-password.ts';
import { sessionRevoked } from './messages/session-revoked.ts';
import { verifyEmail } from './messages/verify-email.ts';

export type Mailer = ReturnType<typeof createMailer>;

/** Who the mails are from, and where their links lead. */
export type Sender = { from: Mailbox; replyTo: Mailbox | undefined; appName: string; accountUrl: string };

/** Each letter: how it is written, and the account page that its link opens. */
const letters: Record<LetterName, { write: (data: MessageData, locale: Locale) => Message; page?: string }> = {
  register: { write: register, page: 'register' },
  account_exists: { write: accountExists },
  verify_email: { write: verifyEmail, page: 'verify' },
  reset_password: { write: resetPassword, page: 'reset' },
  invitation: { write: invitation, page: 'reset' },
  change_email: { write: changeEmail, page: 'confirm' },
  email_changed: { write: emailChanged, page: 'undo' },
  password_changed: { write: passwordChanged },
  session_revoked: { write: sessionRevoked },
  key_created: { write: keyCreated },
  factor_added: { write: factorAdded },
  factor_removed: { write: factorRemoved },
  recovery_codes_made: { write: recoveryCodesMade },
  recovery_code_used: { write: recoveryCodeUsed },
  account_deleted: { write: accountDeleted },
  new_network: { write: newNetwork },
};

/** Writes letters and hands them to `transport`. */
export function createMailer(transport: Transport, { from, replyTo, appName, accountUrl }: Sender) {
  return {
    /** Sends `letter`. Throws for none of the four outcomes. */
    async send({ id, to, name, locale, proof }: Letter): Promise<Outcome> {
      const language = toLocale(locale);
      const { write, page } = letters[name];
      const data = {
        appName,
        link: page && proof && accountLink(accountUrl, page, { locale: language, token: proof.token }),
        linkLife: proof?.expiresInSeconds ?? 0,
        code: proof?.code?.digits,
        codeLife: proof?.code?.expiresInSeconds ?? 0,
      };
      return transport.send({ id, to, from, replyTo, ...write(data, language) });
    },
  };
}

/** The mails that the service writes. Those with a proof carry a link. `email_changed` and `invitation` carry no code. */
export type LetterName =
  | 'register'
  | 'account_exists'
  | 'verify_email'
  | 'reset_password'
  | 'invitation'
  | 'change_email'
  | 'email_changed'
  | 'password_changed'
  | 'session_revoked'
  | 'key_created'
  | 'factor_added'
  | 'factor_removed'
  | 'recovery_codes_made'
  | 'recovery_code_used'
  | 'account_deleted'
  | 'new_network';

/** What proves the mailbox: the token of the link, and a code of eight digits while it lives. */
export type LetterProof = {
  token: string;
  expiresInSeconds: number;
  code: { digits: string; expiresInSeconds: number } | undefined;
};

/** One mail to one address. `id` is that of its row in the outbox. Without a `locale`, it is in English. */
export type Letter = {
  id: string;
  name: LetterName;
  to: string;
  locale: string | undefined;
  proof: LetterProof | undefined;
};

import type { Letter } from '../../src/mail/letter.ts';
import { createMailer, type Sender } from '../../src/mail/mailer.ts';
import type { Mail } from '../../src/mail/mail.ts';

const sender: Sender = {
  from: { name: 'Example', email: 'accounts@example.org' },
  replyTo: undefined,
  appName: 'Example',
  accountUrl: 'https://auth.example.org/account',
};

const token = '01900000-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const code = { digits: '01234567', expiresInSeconds: 600 };

/** What each letter proves, with the lives of production. */
export const proofs: Record<Letter['name'], Letter['proof']> = {
  register: { token, expiresInSeconds: 86_400, code },
  account_exists: undefined,
  verify_email: { token, expiresInSeconds: 86_400, code },
  reset_password: { token, expiresInSeconds: 3600, code },
  invitation: { token, expiresInSeconds: 86_400, code: undefined },
  change_email: { token, expiresInSeconds: 86_400, code },
  email_changed: { token, expiresInSeconds: 604_800, code: undefined },
  password_changed: undefined,
  session_revoked: undefined,
  key_created: undefined,
  factor_added: undefined,
  factor_removed: undefined,
  recovery_codes_made: undefined,
  recovery_code_used: undefined,
  account_deleted: undefined,
  new_network: undefined,
};

/** The mail that `letter` becomes. */
export async function write(letter: Partial<Letter>, changes: Partial<Sender> = {}): Promise<Mail> {
  const mails: Mail[] = [];
  const transport = {
    async send(mail: Mail) {
      mails.push(mail);
      return 'sent' as const;
    },
  };
  const { name = 'reset_password' } = letter;
  const mailer = createMailer(transport, { ...sender, ...changes });
  await mailer.send({ id: 'outbox-1', to: 'joe@example.com', locale: 'en', name, proof: proofs[name], ...letter });
  const [mail] = mails;
  if (mail === undefined) throw new Error('no mail was handed over');
  return mail;
}

/** What test/mail/golden/ has: the name of each file, and its text. */
export async function writeGoldenFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of Object.keys(proofs).filter((key): key is Letter['name'] => key in proofs)) {
    for (const locale of ['en', 'de']) {
      const { subject, text, html } = await write({ name, locale });
      files.set(`${name}.${locale}.txt`, `Subject: ${subject}\n\n${text}\n${html}`);
    }
  }
  return files;
}

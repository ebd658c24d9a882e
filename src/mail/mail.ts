/** Who a mail is from, or who gets the replies. */
export type Mailbox = { name: string | undefined; email: string };

/** A mail as a provider gets it. `id` stays the same when it is sent again, for providers that take such a key. */
export type Mail = {
  id: string;
  to: string;
  from: Mailbox;
  replyTo: Mailbox | undefined;
  subject: string;
  text: string;
  html: string;
};

/**
 * What became of a mail. `gone`: nobody can deliver to the address. `retry`: later, it may work. `refused`: the provider
 * will never take this mail.
 */
export type Outcome = 'sent' | 'gone' | 'retry' | 'refused';

/** A way to send mail. `send` throws for none of the four outcomes. */
export type Transport = { send: (mail: Mail) => Promise<Outcome> };

/** `email`, or `"name" <email>` (RFC 5322, section 3.4). The configuration lets no quote into a name. */
export function formatMailbox({ name, email }: Mailbox): string {
  return name === undefined ? email : `"${name}" <${email}>`;
}

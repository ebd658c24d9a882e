/** A mail as a provider gets it. `id` stays the same when it is sent again, for providers that take such a key. */
export type Mail = {
  id: string;
  to: string;
  from: string;
  replyTo: string | undefined;
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

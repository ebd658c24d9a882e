/** A dot-atom of RFC 5322, section 3.2.3, at a host name. */
const EMAIL =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i;

/** A name that a quoted string takes as it is: no quotes, angle brackets, backslashes or control characters. */
const NAME = /^[^"<>\\\p{Cc}\p{Zl}\p{Zp}]{1,64}$/u;

/** Who a mail is from, or who gets the replies: an address, and perhaps a name. */
export type Mailbox = { name: string | undefined; email: string };

/**
 * The mailbox (RFC 5322, section 3.4) in `accounts@example.org`, `Example <accounts@example.org>` or
 * `"Example, Inc." <accounts@example.org>`. `undefined` when `input` is none of these. A mailbox is at most 254
 * characters and a name, and has no line break, which would begin another header.
 */
export function parseMailbox(input: string): Mailbox | undefined {
  const [, named, bracketed] = /^(.{0,70}?) *<([^<>]*)>$/.exec(input) ?? [];
  const email = bracketed ?? input;
  if (email.length > 254 || !EMAIL.test(email)) return undefined;
  if (named === undefined || named === '') return { name: undefined, email };
  const name = named.replace(/^"(.*)"$/, '$1');
  return NAME.test(name) ? { name, email } : undefined;
}

import { MAX_EMAIL_LENGTH } from '../../../src/domain/account/email.ts';
import { claims, instant, line, roles, uuid } from './fields.ts';

export const status = { description: 'Always `success`: the request was not refused.' };
export const message = { description: 'A sentence for people. It may change.', ...line(256) };

export const admin = { description: 'Whether the user is an administrator.' };

export const email_verified = { description: 'Whether the user has proved that the mailbox of the address is theirs.' };

/** The fields of an account. */
export const user = {
  user_id: { description: 'The id of the user. It never changes.', ...uuid },
  email: { description: 'The address, in its canonical form.', format: 'idn-email', maxLength: MAX_EMAIL_LENGTH },
  email_verified,
  admin,
  roles: { description: 'The roles of the user, sorted.', ...roles },
  claims: { description: 'The claims of your own in the access tokens of the user.', ...claims },
  locale: { description: 'The language of mails to the user: `en`, `de`, or `null` for the default.', ...line(8) },
  registered_on: { description: 'When the account was made.', ...instant },
};

/** The fields of a session. */
export const session = {
  id: { description: 'The id of the session, which is also the claim `sid` of its access tokens.', ...uuid },
  started_on: { description: 'When the user registered or logged in.', ...instant },
  last_used_on: { description: 'When the session was last refreshed, or else when it began.', ...instant },
  expires_on: { description: 'When the session ends if it is not refreshed.', ...instant },
  address_prefix: {
    description: 'The network of the address, in CIDR notation: 24 bits of IPv4, 48 bits of IPv6.',
    pattern: String.raw`^[0-9a-f.:]+/\d{2,3}$`,
    maxLength: 64,
  },
  country: { description: 'The country, as Cloudflare knows it: ISO 3166-1, T1 for Tor.', ...line(2) },
  user_agent: { description: 'The first 256 characters of `User-Agent`.', ...line(256) },
  current: { description: 'Whether it is the session of this access token.' },
};

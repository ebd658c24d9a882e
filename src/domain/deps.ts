import type { Config } from '../config/config.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { ApiKeys } from '../store/api-keys.ts';
import type { BreachedPasswords } from '../store/breached-passwords.ts';
import type { Challenges } from '../store/challenges.ts';
import type { Clients } from '../store/clients.ts';
import type { Denylist } from '../store/denylist.ts';
import type { Events } from '../store/events.ts';
import type { Factors } from '../store/factors.ts';
import type { Logins } from '../store/logins.ts';
import type { Everybody } from '../store/everybody.ts';
import type { ManagedUsers } from '../store/managed-users.ts';
import type { UsedTokens } from '../store/used-tokens.ts';
import type { Outbox } from '../store/outbox.ts';
import type { RateLimiter } from '../store/rate-limiter.ts';
import type { Redemptions } from '../store/redemptions.ts';
import type { Sessions } from '../store/sessions.ts';
import type { Event } from '../store/tables/events.ts';
import type { Transfers } from '../store/transfers.ts';
import type { Users } from '../store/users.ts';

/** A possible attack, for an operator to look at. It holds ids and nothing else of the user. */
export type SecurityEvent =
  | { event: 'refresh_token_reuse' | 'refresh_token_late'; user_id: string; session_id: string }
  | { event: 'login_delayed'; user_id: string };

/** Where a request comes from, as far as events keep it. A cron has none of it. */
export type Trace = Pick<Event, 'requestId' | 'addressPrefix' | 'country' | 'userAgent'>;

/** What became of a mail in the end. Nothing else of a mail may be logged. */
export type MailOutcome = { mail_id: string; outcome: 'sent' | 'gone' | 'refused' | 'failed'; tries: number };

/** The dependencies of use cases, made anew for every request. A signature picks those that it needs. */
export type Deps = {
  config: Config;
  /** The time. Each decision reads it once. */
  now: () => Date;
  /** Adds a remark to the log line of the request: a fixed text without anything from the request. */
  note: (remark: string) => void;
  /** Adds a security event to the log line of the request. */
  report: (event: SecurityEvent) => void;
  /** Adds the id of the user whom the request is about to its log line. */
  identify: (userId: string) => void;
  /** Where the request comes from. */
  trace: () => Trace;
  /** Writes a line of the log about a mail, which may be sent after the response. */
  reportMail: (outcome: MailOutcome) => void;
  /** Does `work` after the response. The work outlives the response, and must not reject. */
  afterResponse: (work: () => Promise<void>) => void;
  /** `undefined` when the service sends no mail. */
  mailer: Mailer | undefined;
  /** The link to an account page, as a mail has it. Without a `locale`, the page is in English. */
  linkTo: (page: 'reset', to: { locale: string | undefined; token: string }) => string;
  users: Users;
  managedUsers: ManagedUsers;
  transfers: Transfers;
  everybody: Everybody;
  challenges: Challenges;
  redemptions: Redemptions;
  outbox: Outbox;
  events: Events;
  usedTokens: UsedTokens;
  logins: Logins;
  factors: Factors;
  sessions: Sessions;
  clients: Clients;
  apiKeys: ApiKeys;
  denylist: Denylist;
  limiter: RateLimiter;
  breachedPasswords: BreachedPasswords;
};

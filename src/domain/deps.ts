import type { Config } from '../config/config.ts';
import type { BreachedPasswords } from '../store/breached-passwords.ts';
import type { Denylist } from '../store/denylist.ts';
import type { Logins } from '../store/logins.ts';
import type { RateLimiter } from '../store/rate-limiter.ts';
import type { Sessions } from '../store/sessions.ts';
import type { Users } from '../store/users.ts';

/** A possible attack, for an operator to look at. It holds ids and nothing else of the user. */
export type SecurityEvent =
  | { event: 'refresh_token_reuse' | 'refresh_token_late'; user_id: string; session_id: string }
  | { event: 'login_delayed'; user_id: string };

/** The dependencies of use cases, made anew for every request. A signature picks those that it needs. */
export type Deps = {
  config: Config;
  /** The time. Each decision reads it once. */
  now: () => Date;
  /** Adds a remark to the log line of the request: a fixed text without anything from the request. */
  note: (remark: string) => void;
  /** Adds a security event to the log line of the request. */
  report: (event: SecurityEvent) => void;
  users: Users;
  logins: Logins;
  sessions: Sessions;
  denylist: Denylist;
  limiter: RateLimiter;
  breachedPasswords: BreachedPasswords;
};

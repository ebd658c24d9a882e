import type { Config } from '../config/config.ts';
import type { BreachedPasswords } from '../store/breached-passwords.ts';
import type { Denylist } from '../store/denylist.ts';
import type { Logins } from '../store/logins.ts';
import type { RateLimiter } from '../store/rate-limiter.ts';
import type { Sessions } from '../store/sessions.ts';
import type { Users } from '../store/users.ts';

/** What somebody should look at: it may be an attack. Ids only, so that it can be acted upon. */
export type SecurityEvent =
  | { event: 'refresh_token_reuse' | 'refresh_token_late'; user_id: string; session_id: string }
  | { event: 'login_delayed'; user_id: string };

/** Everything that a use case may be given, made anew for every request. A signature picks what it needs. */
export type Deps = {
  config: Config;
  /** The time, read once for each decision. */
  now: () => Date;
  /** Adds a remark for operators to the request's line in the log: fixed words, nothing of the request. */
  note: (remark: string) => void;
  /** Puts a security event into the request's line in the log. */
  report: (event: SecurityEvent) => void;
  users: Users;
  logins: Logins;
  sessions: Sessions;
  denylist: Denylist;
  limiter: RateLimiter;
  breachedPasswords: BreachedPasswords;
};

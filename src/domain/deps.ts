import type { Config } from '../config.ts';
import type { Denylist } from '../store/denylist.ts';
import type { Sessions } from '../store/sessions.ts';
import type { Users } from '../store/users.ts';

/** Everything that a use case may be given, made anew for every request. A signature picks what it needs. */
export type Deps = {
  config: Config;
  /** The time, read once for each decision. */
  now: () => Date;
  /** Adds a remark for operators to the request's line in the log: fixed words, nothing of the request. */
  note: (remark: string) => void;
  users: Users;
  sessions: Sessions;
  denylist: Denylist;
};

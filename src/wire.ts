import { parseConfig } from './config.ts';
import type { Deps } from './domain/deps.ts';
import { openD1, openLibsql } from './store/database.ts';
import { createDenylist } from './store/denylist.ts';
import { createSessions } from './store/sessions.ts';
import { createUsers } from './store/users.ts';

/** The dependencies of one request, from the bindings of the Worker. Refuses with `misconfigured`. */
export function wire(env: Env, { note, report }: Pick<Deps, 'note' | 'report'>): Deps {
  const config = parseConfig(env);
  const database = config.libsql === undefined ? openD1(env.DB) : openLibsql(config.libsql);
  return {
    config,
    now: () => new Date(),
    note,
    report,
    users: createUsers(database),
    sessions: createSessions(database),
    denylist: createDenylist(env.DENYLIST),
  };
}

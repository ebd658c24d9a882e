import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { hasChanged } from '../event/insert-event.ts';

/** A session that was raised. */
export type RaisedSession = Pick<
  typeof sessions.$inferSelect,
  'id' | 'userId' | 'generation' | 'startedAt' | 'expiresAt' | 'amr' | 'authenticatedAt'
>;

/** A session whose user has authenticated again at `at`, and by which methods: `amr` is JSON. */
export type Raise = { id: string; userId: string; amr: string; at: Date };

const condition = ({ id, userId }: Given<Raise>) =>
  sql`${sessions.id} = ${id} AND ${sessions.userId} = ${userId} AND ${sessions.revokedAt} IS NULL`;

const raised = {
  id: sessions.id,
  userId: sessions.userId,
  generation: sessions.generation,
  startedAt: sessions.startedAt,
  expiresAt: sessions.expiresAt,
  amr: sessions.amr,
  authenticatedAt: sessions.authenticatedAt,
};

const setting = ({ amr, at }: Given<Raise>) => ({ amr: sql`${amr}`, authenticatedAt: sql`${at}` });

/** Notes in a session that is not revoked that its user has authenticated again. Returns the session. */
export const raiseSession = statement((given: Given<Raise & { userVersion: number }>) =>
  build
    .update(sessions)
    .set(setting(given))
    .where(
      sql`${condition(given)} AND EXISTS (SELECT 1 FROM users
        WHERE users.id = ${given.userId} AND users.version = ${given.userVersion} AND users.disabled_at IS NULL)`,
    )
    .returning(raised),
);

/** The same, if the statement before it in the batch has changed a row. */
export const raiseSessionIfChanged = statement((given: Given<Raise>) =>
  build
    .update(sessions)
    .set(setting(given))
    .where(sql`${condition(given)} AND ${hasChanged}`)
    .returning(raised),
);

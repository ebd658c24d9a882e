import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { type MessageName, outbox } from '../../tables/outbox.ts';
import { hasChanged } from '../event/insert-event.ts';
import { type Redeemed, userOf } from '../account/challenge-state.ts';

/** A notice to a user: a mail without a challenge. */
export type NewNotice = { mailId: string; message: MessageName; at: Date; expiresAt: Date };

/**
 * Inserts the notice for the user that `condition` selects, to the address that the account has at that moment, if it is
 * verified. Otherwise anybody could register somebody else's address, and have a mail sent to it for each change of the
 * password: notices are not counted.
 */
export function insertNoticeWhere({ mailId, message, at, expiresAt }: Given<NewNotice>, condition: SQL) {
  return build
    .insert(outbox)
    .select(
      sql`SELECT ${mailId}, ${message}, users.email, users.locale, NULL, NULL, ${expiresAt}, 0, ${at}
        FROM users WHERE users.email_verified_at IS NOT NULL AND ${condition}`,
    )
    .returning({ id: outbox.id });
}

/** For the user `userId`. */
export const insertNotice = statement((given: Given<NewNotice & { userId: string }>) =>
  insertNoticeWhere(given, sql`users.id = ${given.userId}`),
);

/** For the user `userId`, if the password has the hash `passwordHash`. */
export const insertNoticeOfHash = statement((given: Given<NewNotice & { userId: string; passwordHash: string }>) =>
  insertNoticeWhere(given, sql`users.id = ${given.userId} AND users.password_hash = ${given.passwordHash}`),
);

/** For the user of the session `sessionId`, if there is one. */
export const insertNoticeOfSession = statement((given: Given<NewNotice & { sessionId: string }>) =>
  insertNoticeWhere(
    given,
    sql`users.id = (SELECT sessions.user_id FROM sessions WHERE sessions.id = ${given.sessionId})`,
  ),
);

/** For the user of the session `sessionId`, if there is one, unless the account knows the network that `key` stands for. */
export const insertNoticeOfNetwork = statement((given: Given<NewNotice & { sessionId: string; key: string }>) =>
  insertNoticeWhere(
    given,
    sql`users.id = (SELECT sessions.user_id FROM sessions WHERE sessions.id = ${given.sessionId})
        AND NOT EXISTS (SELECT 1 FROM known_networks
          WHERE known_networks.key = ${given.key} AND known_networks.known_until > ${given.at})`,
  ),
);

/** For the user `userId`, if the statement before it in the batch has changed a row. */
export const insertNoticeIfChanged = statement((given: Given<NewNotice & { userId: string }>) =>
  insertNoticeWhere(given, sql`users.id = ${given.userId} AND ${hasChanged}`),
);

/** For the user of the API key `keyId`, if there is one. */
export const insertNoticeOfKey = statement((given: Given<NewNotice & { keyId: string }>) =>
  insertNoticeWhere(given, sql`users.id = (SELECT api_keys.user_id FROM api_keys WHERE api_keys.id = ${given.keyId})`),
);

/** For the user whose challenge this request has redeemed. */
export const insertNoticeOfRedeemed = statement((given: Given<NewNotice & Redeemed>) =>
  insertNoticeWhere(given, sql`users.id = ${userOf(given)}`),
);

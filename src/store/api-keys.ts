import type { Database } from './database.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import { deleteExpiredKeys, deleteRevokedKeys } from './statements/key/delete-ended-keys.ts';
import { findKey } from './statements/key/find-key.ts';
import { insertKey, type NewKey } from './statements/key/insert-key.ts';
import { findKeyOwner, type KeyOwner } from './statements/key/key-owner.ts';
import { type KeyListing, type ListedKey, listKeys } from './statements/key/list-keys.ts';
import { noteRefusal, noteUse } from './statements/key/note-key.ts';
import { findOwnedKey, revokeKey } from './statements/key/revoke-key.ts';
import { insertNoticeOfKey, type NewNotice } from './statements/mail/insert-notice.ts';
import type { Note } from './statements/note.ts';

export type ApiKeys = ReturnType<typeof createApiKeys>;

/** API keys of users and clients. Every method is one round trip, and rejects with `StorageFailure`. */
export function createApiKeys(database: Database) {
  return {
    /** The API key `id` with its owner: `user` without the password hash, or `client`. The other one is `null`. */
    async findWithOwner(id: string) {
      const [row] = await database.run(findKey({ id }));
      return row;
    },

    /**
     * Stores the key of `owner`, the event and the notice, if there is one. Stores nothing when there is no such owner,
     * when it is disabled or has another version, and when it has too many keys.
     */
    async create(
      owner: KeyOwner,
      key: Omit<NewKey, 'ownerId'>,
      { event, notice }: { event: NewEvent; notice: NewNotice | undefined },
    ): Promise<KeyCreation> {
      const ownerId = owner.id;
      const [created, , [found]] = await database.batch([
        insertKey[owner.kind]({ ...key, ownerId }),
        insertEventIfChanged(event),
        findKeyOwner[owner.kind]({ ownerId }),
        ...(notice === undefined ? [] : [insertNoticeOfKey({ keyId: key.keyId, ...notice })]),
      ]);
      return { isCreated: created.length === 1, owner: found };
    },

    /** The keys of `owner` that are not revoked, newest first. `undefined` when there is no such owner. */
    async list(owner: KeyOwner, listing: KeyListing): Promise<ListedKey[] | undefined> {
      const ownerId = owner.id;
      const [keys, [found]] = await database.batch([
        listKeys[owner.kind]({ ...listing, ownerId }),
        findKeyOwner[owner.kind]({ ownerId }),
      ]);
      return found && keys;
    },

    /**
     * Revokes the key `keyId` of `owner` and stores the event, unless it is revoked. Tells whether the owner has the key;
     * `undefined` when there is no such owner.
     */
    async revoke(owner: KeyOwner, keyId: string, event: NewEvent): Promise<{ hasKey: boolean } | undefined> {
      const owned = { keyId, ownerId: owner.id };
      const [, , [found]] = await database.batch([
        revokeKey[owner.kind]({ ...owned, at: event.at }),
        insertEventIfChanged(event),
        findOwnedKey[owner.kind](owned),
      ]);
      return found;
    },

    /** Notes a use of the key, if one is due. */
    async noteUse(use: Note): Promise<void> {
      await database.run(noteUse(use));
    },

    /** Notes a wrong secret for the key and stores the event, if one is due. */
    async noteRefusal(refusal: Note, event: NewEvent): Promise<void> {
      await database.batch([noteRefusal(refusal), insertEventIfChanged(event)]);
    },

    /** Deletes up to `limit` keys that were revoked at `before` or earlier, and as many that expired. Returns how many. */
    async deleteEnded(before: Date, limit: number): Promise<{ revoked: number; expired: number }> {
      const terms = { before, limit };
      const [revoked, expired] = await database.batch([deleteRevokedKeys(terms), deleteExpiredKeys(terms)]);
      return { revoked: revoked.length, expired: expired.length };
    },
  };
}

/** Whether the key was stored, and its owner as it is, if there is one. */
type KeyCreation = { isCreated: boolean; owner: { version: number; isDisabled: boolean } | undefined };

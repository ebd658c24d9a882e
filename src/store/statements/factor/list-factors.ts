import { desc, eq, max, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { passkeys } from '../../tables/passkeys.ts';
import { recoveryCodes } from '../../tables/recovery-codes.ts';
import { totps } from '../../tables/totps.ts';

type OfUser = { userId: string };

/** A passkey, as its user sees it. */
export type ListedPasskey = Pick<typeof passkeys.$inferSelect, 'id' | 'name' | 'addedAt' | 'lastUsedAt' | 'backedUp'>;

/** Selects when the authenticator app of the user was added and used. */
export const findTotp = statement(({ userId }: Given<OfUser>) =>
  build.select({ addedAt: totps.addedAt, lastUsedAt: totps.lastUsedAt }).from(totps).where(eq(totps.userId, userId)),
);

/** Selects the passkeys of the user, newest first. */
export const listPasskeys = statement(({ userId }: Given<OfUser>) =>
  build
    .select({
      id: passkeys.id,
      name: passkeys.name,
      addedAt: passkeys.addedAt,
      lastUsedAt: passkeys.lastUsedAt,
      backedUp: passkeys.backedUp,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(desc(passkeys.addedAt), desc(passkeys.id)),
);

/** Selects how many recovery codes of the user are left, and when they were made. */
export const countCodes = statement(({ userId }: Given<OfUser>) =>
  build
    .select({ left: sql`count(*)`.mapWith(Number).as('left'), madeAt: max(recoveryCodes.madeAt) })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId)),
);

/** Gives the passkey of the user another name. Returns its id. */
export const renamePasskey = statement(({ userId, id, name }: Given<OfUser & { id: string; name: string }>) =>
  build
    .update(passkeys)
    .set({ name: sql`${name}` })
    .where(sql`${passkeys.id} = ${id} AND ${passkeys.userId} = ${userId}`)
    .returning({ id: passkeys.id }),
);

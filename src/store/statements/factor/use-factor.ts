import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { passkeys } from '../../tables/passkeys.ts';
import { recoveryCodes } from '../../tables/recovery-codes.ts';
import { totps } from '../../tables/totps.ts';
import { usedTokens } from '../../tables/used-tokens.ts';
import { hasChanged } from '../event/insert-event.ts';

/** Whose factor is used and when, under the version of the user as it was read. Without a challenge, its id is empty. */
export type FactorOwner = { userId: string; userVersion: number; challengeId: string; at: Date };

/** Whether the user is as it was read, and nobody has succeeded with the challenge before. */
const isOpen = ({ userId, userVersion, challengeId }: Given<Omit<FactorOwner, 'at'>>): SQL => sql`
  EXISTS (SELECT 1 FROM users WHERE users.id = ${userId} AND users.version = ${userVersion} AND users.disabled_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM ${usedTokens} WHERE ${usedTokens.id} = ${challengeId})`;

/** Uses the code of the time step `step`, unless a code of it or of a later one was used. Returns the user if so. */
export const useTotp = statement((given: Given<FactorOwner & { step: number }>) =>
  build
    .update(totps)
    .set({ lastStep: sql`${given.step}`, lastUsedAt: sql`${given.at}` })
    .where(sql`${totps.userId} = ${given.userId} AND ${totps.lastStep} < ${given.step} AND ${isOpen(given)}`)
    .returning({ userId: totps.userId }),
);

/** Uses up the recovery code, unless it was used. Returns the user if so. */
export const useRecoveryCode = statement((given: Given<Omit<FactorOwner, 'at'> & { mac: string }>) =>
  build
    .delete(recoveryCodes)
    .where(sql`${recoveryCodes.mac} = ${given.mac} AND ${recoveryCodes.userId} = ${given.userId} AND ${isOpen(given)}`)
    .returning({ userId: recoveryCodes.userId }),
);

/** Uses the passkey, unless it has a counter that did not grow. Returns the user if so. */
export const usePasskey = statement((given: Given<FactorOwner & { id: string; counter: number; backedUp: number }>) =>
  build
    .update(passkeys)
    .set({ counter: sql`${given.counter}`, backedUp: sql`${given.backedUp}`, lastUsedAt: sql`${given.at}` })
    .where(
      sql`${passkeys.id} = ${given.id} AND ${passkeys.userId} = ${given.userId}
        AND (${passkeys.counter} < ${given.counter} OR (${passkeys.counter} = 0 AND ${given.counter} = 0))
        AND ${isOpen(given)}`,
    )
    .returning({ userId: passkeys.userId }),
);

/** Uses up the challenge `id` if the statement before it in the batch, which uses the factor, has changed a row. */
export const useChallenge = statement(({ id, expiresAt }: Given<{ id: string; expiresAt: Date }>) =>
  build.insert(usedTokens).select(sql`SELECT ${id}, ${expiresAt} WHERE ${hasChanged}`),
);

import { and, eq, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { outbox } from '../../tables/outbox.ts';
import { users } from '../../tables/users.ts';

/** Deletes the mail `id`: it is sent, or nobody can send it. */
export const deleteMail = statement(({ id }: Given<{ id: string }>) => build.delete(outbox).where(eq(outbox.id, id)));

/** Puts off the mail `id`, unless somebody else has tried it meanwhile. */
export const putOffMail = statement(({ id, tries, retryAt }: Given<{ id: string; tries: number; retryAt: Date }>) =>
  build
    .update(outbox)
    .set({ retryAt: sql`${retryAt}` })
    .where(and(eq(outbox.id, id), eq(outbox.tries, tries))),
);

/** Marks the address as not deliverable since `undeliverableAt`; `null` clears the mark. */
export const markAddress = statement(
  ({ email, undeliverableAt }: Given<{ email: string; undeliverableAt: Date | null }>) =>
    build
      .update(users)
      .set({ undeliverableAt: sql`${undeliverableAt}` })
      .where(and(eq(users.email, email), sql`${users.undeliverableAt} IS NOT ${undeliverableAt}`)),
);

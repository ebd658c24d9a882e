import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import type { Redeemed } from './challenge-state.ts';
import type { NewUser } from './insert-user.ts';

/** Inserts the user with the address of the registration that this request has redeemed. The address is verified by it. */
export const insertConfirmedUser = statement(
  ({
    userId,
    passwordHash,
    registeredAt,
    locale,
    id,
    redemption,
  }: Given<Redeemed & { userId: string } & Pick<NewUser, 'passwordHash' | 'registeredAt' | 'locale'>>) => {
    const row = build
      .select({
        id: sql`${userId}`.as('id'),
        email: sql`challenges.email`.as('email'),
        passwordHash: sql`${passwordHash}`.as('password_hash'),
        admin: sql`false`.as('admin'),
        version: sql`0`.as('version'),
        registeredAt: sql`${registeredAt}`.as('registered_at'),
        emailVerifiedAt: sql`${registeredAt}`.as('email_verified_at'),
        undeliverableAt: sql`NULL`.as('undeliverable_at'),
        locale: sql`${locale}`.as('locale'),
        disabledAt: sql`NULL`.as('disabled_at'),
        roles: sql`'[]'`.as('roles'),
        claims: sql`'{}'`.as('claims'),
        rightsVersion: sql`0`.as('rights_version'),
      })
      .from(sql`challenges`)
      .where(sql`challenges.id = ${id} AND challenges.redemption = ${redemption}`);
    return build.insert(users).select(row).returning({ id: users.id });
  },
);

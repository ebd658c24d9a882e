import { z } from '@hono/zod-openapi';
import type { Delivery } from '../../domain/admin/hand-out-reset.ts';
import type { listUsers } from '../../domain/admin/list-users.ts';
import type { showUser } from '../../domain/admin/show-user.ts';
import { account, shapeAccount } from './account.ts';

const time = z.iso.datetime();

/** A user, as an administrator gets it. */
export const adminUser = z
  .object({ ...account.shape, second_factor: z.boolean(), disabled_on: time.nullable() })
  .openapi('AdminUser');

/** A user with all that tells why a login may fail. */
export const adminUserDetails = z
  .object({
    ...adminUser.shape,
    undeliverable_on: time.nullable(),
    live_sessions: z.int(),
    factors: z.object({ totp: z.boolean(), passkeys: z.int(), recovery_codes: z.int() }).openapi('FactorCounts'),
    login: z
      .object({
        password_scheme: z.string(),
        password_usable: z.boolean(),
        last_login_on: time.nullable(),
        last_failed_on: time.nullable(),
        waits: z.array(z.object({ until: time, by: z.enum(['account', 'network']) }).openapi('LoginWait')),
      })
      .openapi('LoginState'),
  })
  .openapi('AdminUserDetails');

/** How a way to choose a password reaches its user. */
export const delivery = z
  .object({ mailed: z.boolean(), link: z.string().nullable(), expires_on: time })
  .openapi('Delivery');

type ManagedUser = Awaited<ReturnType<typeof listUsers>>['items'][number];

/** A user, as `adminUser` declares it. */
export const shapeAdminUser = (user: ManagedUser) => ({
  ...shapeAccount(user),
  second_factor: user.hasFactor,
  disabled_on: user.disabledAt?.toISOString() ?? null,
});

/** A user with details, as `adminUserDetails` declares it. */
export function shapeDetails({ user, ...details }: Awaited<ReturnType<typeof showUser>>) {
  return {
    ...shapeAdminUser(user),
    undeliverable_on: user.undeliverableAt?.toISOString() ?? null,
    live_sessions: details.liveSessions,
    factors: {
      totp: details.factors.hasTotp,
      passkeys: details.factors.passkeys.length,
      recovery_codes: details.factors.recoveryCodes,
    },
    login: {
      password_scheme: details.passwordScheme,
      password_usable: details.isPasswordUsable,
      last_login_on: details.lastLoginAt?.toISOString() ?? null,
      last_failed_on: details.lastFailedAt?.toISOString() ?? null,
      waits: details.waits.map(({ until, by }) => ({ until: until.toISOString(), by })),
    },
  };
}

/** How a reset goes out, as `delivery` declares it. */
export const shapeDelivery = ({ link, expiresAt }: Delivery) => ({
  mailed: link === undefined,
  link: link ?? null,
  expires_on: expiresAt.toISOString(),
});

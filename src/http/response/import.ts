import { z } from '@hono/zod-openapi';
import type { ExportedUser } from '../../domain/admin/export-users.ts';
import type { LineResult, SchemeUse } from '../../domain/admin/import-users.ts';

/** What has become of a line. */
export const importedLine = z
  .object({
    line: z.int(),
    outcome: z.enum(['imported', 'unchanged', 'refused']),
    user_id: z.string().nullable(),
    errors: z.array(z.object({ path: z.string(), message: z.string() }).openapi('LineError')),
  })
  .openapi('ImportedLine');

/** How many users have hashes of one price. */
export const schemeUse = z
  .object({ scheme: z.string(), parameters: z.string(), users: z.int(), cpu_ms: z.int() })
  .openapi('SchemeUse');

/** A user as an export gives it out and an import takes it. */
export const exportedUser = z
  .object({
    id: z.string(),
    email: z.string(),
    password_hash: z.string().nullable(),
    registered_on: z.iso.datetime(),
    email_verified: z.boolean(),
    admin: z.boolean(),
    roles: z.array(z.string()),
    claims: z.record(z.string(), z.unknown()),
    disabled: z.boolean(),
    locale: z.string().nullable(),
  })
  .openapi('ExportedUser');

/** A line, as `importedLine` declares it. */
export const shapeLine = (result: LineResult) => ({
  line: result.line,
  outcome: result.outcome,
  user_id: 'userId' in result ? (result.userId ?? null) : null,
  errors: 'errors' in result ? result.errors : [],
});

/** Hashes of one price, as `schemeUse` declares them. */
export const shapeUse = ({ cpuMilliseconds, ...use }: SchemeUse) => ({ ...use, cpu_ms: cpuMilliseconds });

/** A user, as `exportedUser` declares it. */
export const shapeExported = (user: ExportedUser) => ({
  id: user.id,
  email: user.email,
  password_hash: user.passwordHash,
  registered_on: user.registeredAt.toISOString(),
  email_verified: user.emailVerifiedAt !== null,
  admin: user.admin,
  roles: user.roles,
  claims: user.claims,
  disabled: user.disabledAt !== null,
  locale: user.locale,
});

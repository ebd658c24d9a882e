import { z } from '@hono/zod-openapi';
import type { listSessions } from '../../domain/session/list-sessions.ts';

/** A session, as its user gets it. */
export const session = z
  .object({
    id: z.string(),
    started_on: z.iso.datetime(),
    last_used_on: z.iso.datetime(),
    expires_on: z.iso.datetime(),
    address_prefix: z.string().nullable(),
    country: z.string().nullable(),
    user_agent: z.string().nullable(),
    current: z.boolean(),
  })
  .openapi('Session');

/** A session of a list, as `session` declares it. */
export function shapeSession(listed: Awaited<ReturnType<typeof listSessions>>[number]): z.infer<typeof session> {
  return {
    id: listed.id,
    started_on: listed.startedAt.toISOString(),
    last_used_on: (listed.rotatedAt ?? listed.startedAt).toISOString(),
    expires_on: listed.expiresAt.toISOString(),
    address_prefix: listed.addressPrefix,
    country: listed.country,
    user_agent: listed.userAgent,
    current: listed.isCurrent,
  };
}

import { z } from '@hono/zod-openapi';
import type { EventPage } from '../../domain/event/list-events.ts';
import type { OwnEvent } from '../../domain/event/list-own-events.ts';

/** An event of the audit log. */
export const event = z
  .object({
    id: z.string(),
    type: z.string(),
    at: z.iso.datetime(),
    user_id: z.string().nullable(),
    actor: z.string(),
    session_id: z.string().nullable(),
    address_prefix: z.string().nullable(),
    country: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string().nullable(),
    data: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('Event');

/** An event, as `event` declares it. */
export function shapeEvent(stored: EventPage['events'][number] | OwnEvent): z.infer<typeof event> {
  return {
    id: String(stored.id),
    type: stored.type,
    at: stored.at.toISOString(),
    user_id: stored.userId,
    actor: stored.actor,
    session_id: stored.sessionId,
    address_prefix: stored.addressPrefix,
    country: stored.country,
    user_agent: stored.userAgent,
    request_id: stored.requestId,
    data: stored.data,
  };
}

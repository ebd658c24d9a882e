import { z } from '@hono/zod-openapi';
import { eventTypeNames } from '../../../domain/event/event-types.ts';
import { type EventPage, listEvents } from '../../../domain/event/list-events.ts';
import { listOwnEvents, type OwnEvent } from '../../../domain/event/list-own-events.ts';
import type { App } from '../../app-env.ts';
import { adminRoute, userRoute } from '../../endpoint.ts';
import { limit, listQuery } from '../../request/page.ts';
import { event, shapeEvent } from '../../response/event.ts';
import { json } from '../../response/json.ts';

/** Where the page begins: the `next` of the page before, or any id. */
const after = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'Must be the id of an event.' })
  .optional();

const filters = {
  user_id: z.string().max(64, 'Must be the id of a user.').optional(),
  type: z.enum(eventTypeNames, { error: 'Must be a type of events.' }).optional(),
  order: z.enum(['oldest', 'newest'], { error: 'Must be oldest or newest.' }).default('oldest'),
};

const response = z
  .object({ status: z.literal('success'), data: z.array(event), next: z.string().nullable() })
  .openapi('EventsResponse');

const all = adminRoute({
  method: 'get',
  path: '/admin/events',
  summary: 'The audit log: what happened to accounts and sessions',
  request: { query: listQuery({ ...filters, after, limit }) },
  responses: { 200: json(response, 'A page of events, and where to go on.') },
});

const own = userRoute({
  method: 'get',
  path: '/auth/events',
  summary: 'What happened to the account, newest first',
  request: { query: z.object({ after, limit }) },
  responses: { 200: json(response, 'A page of events, and where to go on.') },
});

export function mountEvents(app: App) {
  app.openapi(all, async (c) => {
    const { user_id: userId, type, order, ...page } = c.req.valid('query');
    return c.json(shapePage(await listEvents(c.var.deps, { userId, type, order, ...numbersOf(page) })), 200);
  });
  app.openapi(own, async (c) => {
    const page = numbersOf(c.req.valid('query'));
    return c.json(shapePage(await listOwnEvents(c.var.deps, c.var.caller, page)), 200);
  });
}

const numbersOf = ({ after, limit }: { after?: string | undefined; limit: string }) => ({
  after: after === undefined ? undefined : Number(after),
  limit: Number(limit),
});

function shapePage({
  events,
  next,
}: Omit<EventPage, 'events'> & { events: (EventPage['events'][number] | OwnEvent)[] }) {
  return { status: 'success' as const, data: events.map(shapeEvent), next: next === undefined ? null : String(next) };
}

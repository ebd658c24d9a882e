import { eventTypes } from '../../../src/domain/event/event-types.ts';
import { sessionId, userId } from './examples.ts';
import { instant, line, uuid } from './fields.ts';
import type { Operations } from './operation-prose.ts';
import type { SchemaProse } from './schemas.ts';

const fromWhere = { address_prefix: '203.0.113.0/24', country: 'AT', user_agent: 'curl/7.88.1' };

/** A login, as a page of events has it. */
export const event = {
  id: '1207',
  type: 'login',
  at: '2026-11-26T06:25:36.513Z',
  user_id: userId,
  actor: 'user',
  session_id: sessionId,
  ...fromWhere,
  request_id: '8d1b3a66-5a2c-4c0e-9c1b-2f6f6f1d7e10',
  data: null,
};

const failure = { ...event, id: '1206', type: 'login_failed', session_id: null, data: { reason: 'wrong_password' } };

const after = {
  description:
    'The `next` of the page before, or the `id` of any event. Events after it follow, in the order of the list.',
  maxLength: 15,
  example: event.id,
};

const limit = { description: 'How many events a page has at most: 1 to 100.', maxLength: 3 };

/** The audit log. */
export const events: Operations = {
  'GET /admin/events': {
    operationId: 'listEvents',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Lists what happened to accounts and sessions. Ids are in the order in which the database stored the events, so whoever goes on from the last `id` gets every event once, also while new ones are written. `next` is `null` when no event is left: keep the last `id`, and ask again later.',
    parameters: {
      user_id: { description: 'Only events about this user, also one who is deleted.', ...line(64), example: userId },
      type: { description: 'Only events of this type.' },
      order: { description: 'Whether the oldest or the newest events come first.' },
      after,
      limit,
    },
    examples: { 200: { events: { status: 'success', data: [failure, event], next: null } } },
  },
  'GET /auth/events': {
    operationId: 'listOwnEvents',
    tag: 'Account',
    who: 'user',
    description:
      'Lists what happened to the account of the access token, newest first. Of what an administrator or the service did, it does not tell from where, and by which administrator.',
    parameters: { after, limit },
    examples: { 200: { events: { status: 'success', data: [event, failure], next: '1206' } } },
  },
};

export const eventSchemas: Record<string, SchemaProse> = {
  Event: {
    description: 'Something that happened to an account or a session.',
    properties: {
      id: {
        description: 'A number, higher than that of every earlier event.',
        pattern: String.raw`^\d{1,16}$`,
        maxLength: 16,
      },
      type: {
        description: `What happened. Ignore types that you do not know. ${Object.entries(eventTypes)
          .map(([name, sentence]) => `\`${name}\`: ${sentence}`)
          .join(' ')}`,
        pattern: '^[a-z_]+$',
        maxLength: 32,
      },
      at: { description: 'When.', ...instant },
      user_id: { description: 'The user whom it is about, who may be deleted by now.', ...uuid },
      actor: {
        description:
          'Who did it: `user` for whoever used the routes of users, logged in or not, `operator`, `system`, `admin:` with the id of an administrator, or `client:` with the id of a client. In a list of your own, `admin` or `client` alone.',
        pattern: String.raw`^(user|operator|system|admin(:[0-9a-f-]{36})?|client(:\w[\w.-]{0,63})?)$`,
        maxLength: 71,
      },
      session_id: { description: 'The session that it is about, or that asked for it.', ...uuid },
      address_prefix: {
        description: 'The network of the request, in CIDR notation: 24 bits of IPv4, 48 bits of IPv6.',
        pattern: String.raw`^[0-9a-f.:]+/\d{2,3}$`,
        maxLength: 64,
      },
      country: { description: 'The country of the request, as Cloudflare knows it.', ...line(2) },
      user_agent: { description: 'The first 256 characters of `User-Agent` of the request.', ...line(256) },
      request_id: {
        description: 'The `X-Request-Id` of the request, by which you find its line in the log.',
        ...line(128),
      },
      data: { description: 'More about it, which depends on the type. No secret and no address is in it.' },
    },
  },
  EventsResponse: {
    description: 'A page of events.',
    properties: {
      status: { description: 'Always `success`: the request was not refused.' },
      data: { description: 'The events.', maxItems: 100 },
      next: { description: 'What to send as `after` for the next page; `null` when no event is left.', ...line(16) },
    },
  },
};

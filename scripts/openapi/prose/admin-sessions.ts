import { userIdParameter } from './admin-users.ts';
import { session, success } from './examples.ts';
import { uuid } from './fields.ts';
import type { Operations } from './operation-prose.ts';

const { current: _, ...listed } = session;

/** The sessions of users, as operators and administrators end them. */
export const adminSessions: Operations = {
  'GET /admin/users/{id}/sessions': {
    operationId: 'listSessionsOfUser',
    tag: 'Admin',
    who: 'administrator',
    description: 'Lists the live sessions of the user, newest first, 100 at most. `next` is always `null`.',
    parameters: { id: userIdParameter },
    examples: { 200: { sessions: { status: 'success', data: [listed], next: null } } },
  },
  'DELETE /admin/users/{id}/sessions': {
    operationId: 'endSessionsOfUser',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Ends all sessions of the user. 200 means recorded in both the database and the denylist. After a 503, repeat the request.',
    parameters: { id: userIdParameter },
    examples: { 200: { ended: { ...success('Sessions revoked.'), sessions_revoked: 2 } } },
  },
  'DELETE /admin/users/{id}/sessions/{session}': {
    operationId: 'endSessionOfUser',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Ends one session of the user. A session of somebody else is 404 `unknown_session`, like one that never was.',
    parameters: {
      id: userIdParameter,
      session: { description: 'The `id` of a session in the list.', ...uuid, example: session.id },
    },
    examples: { 200: { ended: success('Session revoked.') } },
  },
  'POST /admin/sessions/revoke': {
    operationId: 'endAllSessions',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Ends the sessions of all users, 500 users a call. Only operators may: an administrator gets 403 `operator_required`. Call again with `next` as `after` until `next` is `null`. The denylist gets no entries, so token routes accept access tokens until they expire. For use after a leak, and after a restore of the database.',
    request: {
      description: 'Where to go on, and what else to do. The object may be empty.',
      examples: { first: {}, afterLeak: { reset_passwords: true }, afterRestore: { restored: true } },
    },
    examples: {
      200: {
        ended: { ...success('Sessions revoked.'), users_changed: 41, sessions_revoked: 67, next: null },
        more: { ...success('Sessions revoked.'), users_changed: 500, sessions_revoked: 812, next: session.id },
      },
    },
  },
};

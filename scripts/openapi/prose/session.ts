import { refreshToken, session, success, tokens } from './examples.ts';
import type { Operations } from './operation-prose.ts';

/** Refresh, log out, and the list of sessions. */
export const sessions: Operations = {
  'POST /auth/refresh': {
    operationId: 'refresh',
    tag: 'Session',
    who: 'anyone',
    description:
      'Replaces the refresh token, and gives a new access token. You may repeat a request whose response was lost: within the grace, the old token gets the current one. Later, an old token is reuse, and revokes the session. A session that began without a second factor goes on no further once `SECOND_FACTOR` wants one of the user.',
    request: {
      schema: 'RefreshRequest',
      description: 'The refresh token of the last response.',
      examples: { refreshToken: { refresh_token: refreshToken } },
    },
    examples: { 200: { refreshed: tokens('Token refreshed.') } },
  },
  'POST /auth/logout': {
    operationId: 'logOut',
    tag: 'Session',
    who: 'user, or a refresh token',
    description:
      'Ends the session of the access token, or the sessions that `scope` names. A refresh token in the body ends its session, even when the access token has expired. A refresh token that is not ours, or whose session is over, gets the same response. 200 means recorded in both the database and the denylist. After a 503, repeat the request.',
    parameters: {
      scope: {
        description: 'Which sessions end. `others` and `all` take an access token, and no refresh token.',
      },
    },
    request: {
      schema: 'LogoutRequest',
      description: 'A refresh token, instead of an access token. Otherwise leave the body out.',
      examples: { refreshToken: { refresh_token: refreshToken } },
    },
    examples: { 200: { loggedOut: success('Successfully logged out.') } },
  },
  'GET /auth/sessions': {
    operationId: 'listSessions',
    tag: 'Session',
    who: 'user',
    description: 'Lists the live sessions of the user, newest first, 100 at most.',
    examples: { 200: { sessions: { status: 'success', data: [session] } } },
  },
  'DELETE /auth/sessions/{id}': {
    operationId: 'endSession',
    tag: 'Session',
    who: 'user',
    description:
      'Ends one session of the user, also the current one. A session of somebody else is 404 `unknown_session`, like one that never was.',
    parameters: {
      id: {
        description: 'The `id` of a session in the list.',
        format: 'uuid',
        maxLength: 36,
        example: session.id,
      },
    },
    examples: { 200: { ended: success('Session revoked.') } },
  },
  'GET /auth/verify': {
    operationId: 'verify',
    tag: 'Session',
    who: 'token',
    description:
      'Says by its status whether a reverse proxy may let a request in, for nginx’s `auth_request` and the like. A place that names no `scope` lets in people only. With a `scope`, machines and API keys that have it get in too. About an access token it does not ask the database, so it hears of a revocation within about a minute. About an API key it asks the database.',
    parameters: {
      scope: {
        description: 'The scopes that the bearer must have, with one space between them.',
        maxLength: 1024,
        pattern: '^[!-~]+( [!-~]+)*$',
        example: 'api',
      },
      audience: {
        description: 'Whom the token must be for, if not the `AUDIENCE`: one of `RESOURCES`.',
        maxLength: 255,
        pattern: '^[!-~]+$',
        example: 'https://reports.example.org',
      },
    },
    headers: { 204: ['X-Kind', 'X-User-Id', 'X-Session-Id', 'X-Roles', 'X-Client-Id', 'X-Key-Id', 'X-Scopes'] },
  },
};

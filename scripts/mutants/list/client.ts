import { mutantsOf } from '../mutant.ts';

const SESSIONS = 'test/client/sessions.test.ts';
const REFRESHING = 'test/client/refreshing.test.ts';
const TROUBLES = 'test/client/troubles.test.ts';
const ACCOUNT_CALLS = 'test/client/account-calls.test.ts';
const CHANGING = 'test/client/changing-password.test.ts';

export const client = [
  ...mutantsOf(
    'packages/client/src/client/fetch.ts',
    [REFRESHING],
    [
      {
        breaks: 'a page sends the access token to every origin',
        find: '!origins.has(new URL(request.url).origin)',
        replace: 'false',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/latchkey.ts',
    [REFRESHING, SESSIONS],
    [
      {
        breaks: 'a call goes on as somebody else who has logged in meanwhile',
        find: 'if (next?.userId !== user) throw notLoggedIn();',
        replace: 'if (next === undefined) throw notLoggedIn();',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/keeper.ts',
    [REFRESHING, SESSIONS, TROUBLES, CHANGING],
    [
      {
        breaks: 'a change of the password logs in whom another tab has replaced',
        find: 'if (now !== undefined && now.userId !== next.userId) return abandon(next);',
        replace: '',
      },
      {
        breaks: 'a change of the password is made in the name of whoever has logged in',
        find: 'if (held?.userId !== used.userId) throw notLoggedIn();',
        replace: 'if (held === undefined) throw notLoggedIn();',
      },
      {
        breaks: 'a session that nobody keeps goes on',
        find: 'if (former !== undefined) abandon(former);',
        replace: '',
      },
      {
        breaks: 'a logout forgets the tokens before the session has ended',
        find: 'await end(tokens);\n        await write(undefined);',
        replace: 'await write(undefined);\n        await end(tokens);',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/tokens.ts',
    [TROUBLES],
    [
      {
        breaks: 'a page sends its tokens to another Latchkey',
        find: "if (owner !== url || typeof dueAt !== 'number')",
        replace: "if (typeof dueAt !== 'number')",
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/service.ts',
    [TROUBLES, ACCOUNT_CALLS],
    [
      {
        breaks: 'a page calls a link wrong that may have worked',
        find: 'if (!isLost || !hasCode(cause, usedUp)) throw cause;',
        replace: 'if (!hasCode(cause, usedUp) || true) throw cause;',
      },
      {
        breaks: 'a password follows a redirect',
        find: "redirect: 'manual'",
        replace: "redirect: 'follow'",
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/repeat.ts',
    [TROUBLES],
    [
      {
        breaks: 'a page repeats a request without end',
        find: 'number === MAX_ATTEMPTS || ',
        replace: '',
      },
      {
        breaks: 'a page repeats a request that is limited',
        find: '[502, 503, 504]',
        replace: '[429, 502, 503, 504]',
      },
    ],
  ),
];

import { mutantsOf } from '../mutant.ts';

const SESSIONS = 'test/client/sessions.test.ts';
const REFRESHING = 'test/client/refreshing.test.ts';
const TROUBLES = 'test/client/troubles.test.ts';
const ACCOUNT_CALLS = 'test/client/account-calls.test.ts';
const ADMIN_CALLS = 'test/client/admin/calls.test.ts';
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
    'packages/client/src/client/once.ts',
    [ACCOUNT_CALLS],
    [
      {
        breaks: 'a page calls a link wrong that may have worked',
        find: 'if (!isLost || !hasCode(cause, usedUp)) throw cause;',
        replace: 'if (!hasCode(cause, usedUp) || true) throw cause;',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/request.ts',
    [TROUBLES],
    [
      {
        breaks: 'a password follows a redirect',
        find: "redirect: 'manual'",
        replace: "redirect: 'follow'",
      },
      {
        breaks: 'an id leads to another route',
        find: "!['', '.', '..'].includes(id)",
        replace: 'true',
        tests: [ADMIN_CALLS],
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/lists.ts',
    [ADMIN_CALLS],
    [
      {
        breaks: 'a list whose cursor is missing passes for the whole list',
        find: 'if (next === null) return undefined;',
        replace: 'if (next === null || next === undefined) return undefined;',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/admin/caller.ts',
    [ADMIN_CALLS],
    [
      {
        breaks: 'a repeat uses the operator token of the first attempt',
        find: 'call: (path: string, call: Call = {}) => repeat(() => attempt(path, call)),',
        replace: `call: async (path: string, call: Call = {}) => {
      const accessToken = await nextToken();
      return repeat(() => request(\`/admin\${path}\`, { ...call, accessToken }, read));
    },`,
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/admin/wire.ts',
    [ADMIN_CALLS],
    [
      {
        breaks: 'a filter that is misspelled finds all users',
        find: 'if (strange === undefined) return;',
        replace: 'if (strange === undefined || given) return;',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/admin/users.ts',
    [ADMIN_CALLS],
    [
      {
        breaks: 'a change does not depend on what it was made from',
        find: "toWire('userChanges', given), ifMatch }",
        replace: "toWire('userChanges', given) }",
      },
      {
        breaks: 'an address that is missing finds the newest user',
        find: "if (typeof address !== 'string' || address === '') throw new TypeError('Give the address as a text.');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/admin/records.ts',
    [ADMIN_CALLS],
    [
      {
        breaks: 'a change behind a proxy that compresses is never made',
        find: "etag.replace(/^W\\//, '')",
        replace: 'etag',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/admin/lines.ts',
    [ADMIN_CALLS],
    [
      {
        breaks: 'an exported user whose hash is missing passes for one without a password',
        find: ' || !isHash(hash)',
        replace: '',
      },
      {
        breaks: 'the client sends lines to import that are no objects',
        find: ' && lines.every(fieldsOf)',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/admin/events.ts',
    ['test/client/admin/reading.test.ts'],
    [
      {
        breaks: 'events that are followed come again and again',
        find: 'after = next ?? events.at(-1)?.id ?? after;',
        replace: 'after = next ?? after;',
      },
      {
        breaks: 'a page that follows events asks without a pause',
        find: 'if (given.intervalMs !== undefined) checkPause(given.intervalMs);',
        replace: '',
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

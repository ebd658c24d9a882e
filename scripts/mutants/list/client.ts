import { mutantsOf } from '../mutant.ts';

const SESSIONS = 'test/client/sessions.test.ts';
const REFRESHING = 'test/client/refreshing.test.ts';
const TROUBLES = 'test/client/troubles.test.ts';
const ACCOUNT_CALLS = 'test/client/account-calls.test.ts';
const ADMIN_CALLS = 'test/client/admin/calls.test.ts';
const ADMIN_ARGUMENTS = 'test/client/admin/arguments.test.ts';
const MACHINE = 'test/client/machine/tokens.test.ts';
const MACHINE_FETCH = 'test/client/machine/fetch.test.ts';
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
        find: 'if (!isLost || !hasCode(cause, ...usedUp)) throw cause;',
        replace: 'if (!hasCode(cause, ...usedUp) || true) throw cause;',
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
        tests: [ADMIN_CALLS, ADMIN_ARGUMENTS],
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/client/lists.ts',
    [ADMIN_CALLS, ADMIN_ARGUMENTS],
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
    [ADMIN_CALLS, ADMIN_ARGUMENTS],
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
    'packages/client/src/client/names.ts',
    [ADMIN_CALLS, ADMIN_ARGUMENTS],
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
    [ADMIN_CALLS, ADMIN_ARGUMENTS],
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
    [ADMIN_CALLS, ADMIN_ARGUMENTS],
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
    [ADMIN_CALLS, ADMIN_ARGUMENTS],
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
    'packages/client/src/client/api-keys.ts',
    ['test/client/key-calls.test.ts'],
    [
      {
        breaks: 'a key whose expiry is missing passes for one that never expires',
        find: 'value === null || isText(value)',
        replace: 'value === null || value === undefined || isText(value)',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/admin/client-records.ts',
    [ADMIN_CALLS, ADMIN_ARGUMENTS],
    [
      {
        breaks: 'a client passes for one that is not disabled',
        find: 'if (end !== null && !isText(end)) throw notClient();',
        replace: 'if (end !== null && !isText(end)) return parseClient({ ...fields, disabled_on: null });',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/machine/create-machine.ts',
    [MACHINE],
    [
      {
        breaks: 'each caller of a machine asks for a token',
        find: 'if (pending !== undefined) return join(pending);',
        replace: '',
      },
      {
        breaks: 'a machine keeps a token that it was to forget',
        find: 'if (pending === current) [kept, pending] = [issued, undefined];',
        replace: '[kept, pending] = [issued, undefined];',
      },
      {
        breaks: 'a machine keeps a failure',
        find: 'if (pending === current) pending = undefined;\n        throw error;',
        replace: 'throw error;',
      },
      {
        breaks: 'many requests that are refused ask for a token each',
        find: 'if (kept?.accessToken === used) kept = undefined;',
        replace: 'kept = used === undefined ? kept : undefined;',
        tests: [MACHINE_FETCH],
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/machine/token-request.ts',
    [MACHINE],
    [{ breaks: 'a secret follows a redirect', find: "redirect: 'manual'", replace: "redirect: 'follow'" }],
  ),
  ...mutantsOf(
    'packages/client/src/machine/token-response.ts',
    [MACHINE],
    [
      { breaks: 'a machine uses a token until it expires', find: 'MARGIN_SECONDS = 60', replace: 'MARGIN_SECONDS = 0' },
      {
        breaks: 'a machine asks for a short token without end',
        find: 'Math.min(seconds / 2, MARGIN_SECONDS)',
        replace: 'MARGIN_SECONDS',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/machine/fetch.ts',
    [MACHINE_FETCH],
    [
      {
        breaks: 'a machine sends a stream twice',
        find: 'if (!isRepeatable(input, init)) return response;',
        replace: '',
      },
      {
        breaks: 'a machine asks for another token at any 401',
        find: 'status === 401 && /\\berror',
        replace: 'status === 401 || /\\berror',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/machine/proof.ts',
    ['test/client/machine/options.test.ts'],
    [
      {
        breaks: 'an assertion is used twice',
        find: 'new SignJWT({ jti: crypto.randomUUID() })',
        replace: "new SignJWT({ jti: 'once' })",
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/check-options.ts',
    ['test/client/machine/options.test.ts'],
    [
      {
        breaks: 'a machine sends its secret without TLS',
        find: "=== 'http:' && isLoopback)",
        replace: "=== 'http:')",
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

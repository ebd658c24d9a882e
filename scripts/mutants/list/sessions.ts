import { mutantsOf } from '../mutant.ts';

const LOG_IN = 'test/flows/login/log-in.test.ts';
const LOG_OUT = ['test/flows/session/log-out.test.ts', 'test/flows/session/log-out-by-refresh-token.test.ts'];
const REFRESH = 'test/flows/session/refresh.test.ts';
const TIMING = 'test/flows/session/revocation-timing.test.ts';
const SCOPES = ['test/flows/session/log-out-all.test.ts', 'test/flows/session/log-out-others.test.ts'];
const SESSIONS = 'test/flows/session/sessions.test.ts';

export const sessions = [
  ...mutantsOf(
    'src/domain/login/check-password.ts',
    [LOG_IN],
    [
      {
        breaks: 'any password logs in',
        find: "if (verdict === 'wrong') return 'wrong_password';\n  if (verdict !== 'right') return verdict;",
        replace: '',
      },
      {
        breaks: 'a disabled account can log in',
        find: "disabledAt === null ? undefined : 'disabled'",
        replace: "disabledAt === undefined ? 'disabled' : undefined",
        tests: ['test/flows/account/enumeration.test.ts'],
      },
      {
        breaks: 'the right password skips the wait',
        find: 'if (counted.length === 0) {',
        replace: 'if (counted.length === 0 && !matches) {',
        tests: ['test/flows/login/guessing.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/login/take-from-account.ts',
    ['test/flows/service/rate-limits.test.ts'],
    [
      {
        breaks: 'strangers use up the login budget of a known network',
        find: '!isUsedUp || !(await deps.logins.isKnown(keys.pair, deps.now()))',
        replace: 'error !== undefined',
      },
      {
        breaks: 'a login is served although its account has no budget',
        find: '!isUsedUp || !(await deps.logins.isKnown(keys.pair, deps.now()))',
        replace: '!isUsedUp',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/login/log-in.ts',
    [LOG_IN],
    [
      {
        breaks: 'a login hands out tokens without a session',
        find: 'if (!isBegun) {',
        replace: 'if (isBegun === undefined) {',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/insert-session.ts',
    [LOG_IN],
    [
      {
        breaks: 'a session begins for an account that was disabled meanwhile',
        find: 'isNull(users.disabledAt), condition',
        replace: 'condition',
      },
      {
        breaks: 'a login in progress survives a logout everywhere',
        find: ' eq(users.version, session.userVersion),',
        replace: '',
        tests: [TIMING],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/account/register.ts',
    ['test/flows/account/register.test.ts', 'test/flows/account/new-passwords.test.ts'],
    [
      {
        breaks: 'registering a taken address hands out tokens',
        find: "if (!isNew) throw new Refusal('email_taken');",
        replace: '',
      },
      {
        breaks: 'new passwords are not checked',
        find: "  await acceptNewPassword(deps, { password, email }, 'password');\n",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/session.ts',
    [REFRESH],
    [
      {
        breaks: 'an access token expires after its session',
        find: 'Math.min(iat + config.accessTokenTtlSeconds, Math.floor(session.expiresAt.getTime() / 1000))',
        replace: 'iat + config.accessTokenTtlSeconds',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/database.ts',
    ['test/flows/service/deadlines.test.ts'],
    [
      {
        breaks: 'a request waits for the database without end',
        find: 'await within(deadlineMs, work())',
        replace: 'await work()',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/libsql.ts',
    ['test/libsql/connections.test.ts', 'test/libsql/failures.test.ts'],
    [
      { breaks: 'a batch on libSQL takes the lock late', find: "'write'", replace: "'deferred'" },
      {
        breaks: 'bound values follow a redirect to another server',
        find: "redirect: 'manual'",
        replace: "redirect: 'follow'",
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/revoke-session-of-user.ts',
    [SESSIONS],
    [
      {
        breaks: 'a user can end the sessions of others',
        find: 'and(eq(sessions.id, id), eq(sessions.userId, userId))',
        replace: 'eq(sessions.id, id)',
      },
      {
        breaks: 'a repeated logout succeeds',
        find: 'sessionState(given, wasRevoked)',
        replace: 'sessionState(given, sql`false`)',
        tests: LOG_OUT,
      },
      {
        breaks: 'no logout succeeds',
        find: 'sessionState(given, wasRevoked)',
        replace: 'sessionState(given)',
        tests: LOG_OUT,
      },
    ],
  ),
  ...mutantsOf('src/store/statements/session/revoked-since.ts', LOG_OUT, [
    {
      breaks: 'a session that is revoked again is revoked later',
      find: 'sql`coalesce(${sessions.revokedAt}, ${at})`',
      replace: 'sql`${at}`',
    },
  ]),
  ...mutantsOf(
    'src/store/statements/session/list-live-sessions.ts',
    [SESSIONS],
    [
      {
        breaks: 'a user sees the sessions of others',
        find: 'and(eq(sessions.userId, given.userId), isLive(given))',
        replace: 'isLive(given)',
      },
      {
        breaks: 'a user sees sessions that are over',
        find: 'and(eq(sessions.userId, given.userId), isLive(given))',
        replace: 'eq(sessions.userId, given.userId)',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/revoke-all-sessions.ts',
    [...SCOPES],
    [
      {
        breaks: 'a logout of all ends the sessions of all users',
        find: 'and(eq(sessions.userId, userId), isNull(sessions.revokedAt))',
        replace: 'isNull(sessions.revokedAt)',
      },
      {
        breaks: 'a logout increases the version of every user',
        find: 'countVersion(eq(users.id, userId))',
        replace: 'countVersion(undefined)',
        tests: [TIMING],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/revoke-other-sessions.ts',
    [...SCOPES],
    [
      {
        breaks: 'a logout of the others ends the sessions of all users',
        find: 'and(eq(sessions.userId, userId), ne(sessions.id, id), isRecent, exists(selectOwn(id)))',
        replace: 'and(ne(sessions.id, id), isRecent, exists(selectOwn(id)))',
      },
      {
        breaks: "a logout of the others does not increase the user's version",
        find: 'and(eq(users.id, userId), exists(selectOwn(id)))',
        replace: "and(eq(users.id, ''), exists(selectOwn(id)))",
        tests: [TIMING],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/delete-ended-sessions.ts',
    ['test/flows/service/clean-up.test.ts'],
    [
      {
        breaks: 'the cron deletes sessions that have not ended',
        find: 'lte(sessions.expiresAt, endedAt)',
        replace: 'lte(sessions.startedAt, endedAt)',
      },
    ],
  ),
];

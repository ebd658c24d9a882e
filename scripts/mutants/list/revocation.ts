import { mutantsOf } from '../mutant.ts';

const INTROSPECT = 'test/flows/oauth/introspect.test.ts';
const LOG_OUT = 'test/flows/session/log-out.test.ts';
const REVOCATION = 'test/flows/session/revocation.test.ts';
const REVOKE = 'test/flows/oauth/revoke.test.ts';
const SCOPES = 'test/flows/session/log-out-scopes.test.ts';
const SESSIONS = 'test/flows/session/sessions.test.ts';
const STATUS = 'test/flows/account/status.test.ts';
const VERIFY = 'test/flows/session/verify.test.ts';

export const revocation = [
  ...mutantsOf(
    'src/domain/session/authenticate.ts',
    [STATUS, REVOCATION],
    [
      {
        breaks: 'user routes ignore the database',
        find: 'if (session.revokedAt !== null || isListed)',
        replace: 'if (isListed)',
      },
      {
        breaks: 'user routes ignore the denylist',
        find: 'if (session.revokedAt !== null || isListed)',
        replace: 'if (session.revokedAt !== null)',
      },
      {
        breaks: 'a token may name another user than its session’s',
        find: 'row === undefined || row.user.id !== claims.sub',
        replace: 'row === undefined',
        tests: ['test/flows/session/hostile-tokens.test.ts'],
      },
      {
        breaks: 'a disabled user is let in by user routes',
        find: "if (row.user.disabledAt !== null) throw new Refusal('invalid_token', { reason: 'disabled account' });",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/verify.ts',
    [VERIFY],
    [
      {
        breaks: 'token routes ignore the denylist',
        find: "if (await deps.denylist.has(sessionOf(claims))) throw new Refusal('revoked_token');",
        replace: '',
      },
      {
        breaks: 'a token signed under a longer life outlives its denylist entry',
        find: 'if (isTooOld && !when.mayBeExpired) throw',
        replace: 'if (isTooOld && when.mayBeExpired) throw',
        tests: [VERIFY, LOG_OUT],
      },
      {
        breaks: 'an access token has no maximum length',
        find: 'accessToken.length > MAX_TOKEN_LENGTH',
        replace: 'accessToken.length > 1e9',
      },
      {
        breaks: 'a misconfigured service calls tokens inactive',
        find: "['expired_token', 'invalid_token', 'revoked_token']",
        replace: "['expired_token', 'invalid_token', 'revoked_token', 'misconfigured']",
        tests: [INTROSPECT, REVOKE],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/denylist.ts',
    [LOG_OUT],
    [
      {
        breaks: 'a write that KV refuses is not retried',
        find: 'return scheduler.wait(writeIntervalMs).then(write);',
        replace: 'throw error;',
        tests: [LOG_OUT],
      },
      {
        breaks: 'a write that KV does not answer is retried',
        find: 'if (error instanceof NoAnswerError) throw error;',
        replace: '',
        tests: ['test/flows/service/failures.test.ts'],
      },
      {
        breaks: 'an unreadable entry of a user revokes nothing',
        find: '!/^\\d+$/.test(version) || ',
        replace: '',
        tests: [VERIFY],
      },
      {
        breaks: 'a logout of all ends sessions that begin after it',
        find: 'userVersion < Number(version)',
        replace: 'userVersion <= Number(version)',
        tests: [SCOPES],
      },
      {
        breaks: 'the denylist ignores entries of users',
        find: ' || (listed !== null && concerns(listed, userVersion))',
        replace: '',
        tests: [SCOPES],
      },
    ],
  ),
  ...mutantsOf(
    'src/wire.ts',
    ['test/flows/service/failures.test.ts'],
    [
      {
        breaks: 'production retries a write to KV within the same second',
        find: 'writeIntervalMs: 1100',
        replace: 'writeIntervalMs: 110',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/log-out.ts',
    [SCOPES],
    [
      {
        breaks: 'a revoked session that KV has missed is not denylisted by a second logout',
        find: '  await completeEntry(deps, caller, isListed === true);\n',
        replace: '',
        tests: [LOG_OUT],
      },
      {
        breaks: 'a logout of all writes nothing to the denylist',
        find: '  if (version !== undefined) await denylist.addUser(user.id, version, denylistTtl(config));\n',
        replace: '',
      },
      {
        breaks: 'a logout of all that KV has missed is completed for one session only',
        find: 'if (version > claims.user_version) await',
        replace: 'if (version < 0) await',
      },
      {
        breaks: 'a logout of the others misses access tokens of a repeated refresh',
        find: 'since.getTime() - config.refreshGraceSeconds * 1000',
        replace: 'since.getTime()',
      },
      {
        breaks: 'a logout of the others succeeds when an entry could not be written',
        find: '  await Promise.all(writes);\n',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/revoke-session.ts',
    [SESSIONS],
    [
      {
        breaks: 'a user can denylist sessions of others',
        find: "if (!isOwn) throw new Refusal('unknown_session');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/revoke-token.ts',
    [REVOKE],
    [
      {
        breaks: 'revoking a refresh token does not end the session',
        find: 'if (parts !== undefined) await endSession(deps, parts.sessionId);',
        replace: '',
      },
      {
        breaks: 'revoking an access token does not end the session',
        find: '    await endSession(deps, sid);\n',
        replace: '    if (sid === undefined) await endSession(deps, sid);\n',
      },
      {
        breaks: 'a misconfigured service says that a token is revoked',
        find: 'if (!isAboutToken(error)) throw error;',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/introspect.ts',
    [INTROSPECT],
    [
      {
        breaks: 'introspection calls a token inactive when the service fails',
        find: 'if (isAboutToken(error)) return undefined;\n    throw error;',
        replace: 'return undefined;',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/clean-up.ts',
    ['test/flows/service/clean-up.test.ts'],
    [
      {
        breaks: 'a session is deleted while its access tokens live',
        find: '2 * 86_400_000',
        replace: '1000',
      },
      {
        breaks: 'one run of the cron makes more statements than D1 takes',
        find: 'MAX_ROUNDS = 300',
        replace: 'MAX_ROUNDS = 400',
      },
      {
        breaks: 'one run of the cron meets the next',
        find: 'now().getTime() < at.getTime() + MAX_MS',
        replace: 'round >= 0',
      },
    ],
  ),
  ...mutantsOf(
    'src/index.ts',
    [VERIFY],
    [
      {
        breaks: 'the RPC verifies a value that is not a string',
        find: "typeof value === 'string' ? value : ''",
        replace: 'String(value)',
      },
    ],
  ),
];

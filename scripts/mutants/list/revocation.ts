import { mutantsOf } from '../mutant.ts';

const DENYLIST_TTL = 'test/flows/session/denylist-ttl.test.ts';
const LOG_OUT = 'test/flows/session/log-out.test.ts';
const REUSE = 'test/flows/session/refresh-reuse.test.ts';
const REVOKE = 'test/flows/oauth/revoke.test.ts';
const SCOPES = ['test/flows/session/log-out-all.test.ts', 'test/flows/session/log-out-others.test.ts'];
const SESSIONS = 'test/flows/session/sessions.test.ts';
const VERIFY = 'test/flows/session/verify.test.ts';

export const revocation = [
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
        breaks: 'a write that times out is retried',
        find: 'if (error instanceof DeadlineError) throw error;',
        replace: '',
        tests: ['test/flows/service/deadlines.test.ts'],
      },
      {
        breaks: 'an unreadable denylist entry of a user revokes nothing',
        find: '!/^\\d+$/.test(entry) || ',
        replace: '',
        tests: [VERIFY],
      },
      {
        breaks: 'a logout of all ends later sessions',
        find: 'version < Number(entry)',
        replace: 'version <= Number(entry)',
        tests: [...SCOPES],
      },
      {
        breaks: 'the denylist ignores the entries of users',
        find: ' || concerns(entryOf(subject.key), subject.version)',
        replace: '',
        tests: [...SCOPES],
      },
    ],
  ),
  ...mutantsOf(
    'src/wire.ts',
    ['test/flows/service/deadlines.test.ts'],
    [
      {
        breaks: 'production retries a write to KV within the same second',
        find: 'writeIntervalMs: 1100',
        replace: 'writeIntervalMs: 110',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/denylist.ts',
    [DENYLIST_TTL],
    [
      {
        breaks: "a denylist entry lives no longer than KV's minimum",
        find: 'accessTokenTtlSeconds + DENYLIST_MARGIN_SECONDS;',
        replace: 'Math.max(60, DENYLIST_MARGIN_SECONDS);',
      },
      {
        breaks: 'a denylist entry expires with the token, not a minute later',
        find: 'DENYLIST_MARGIN_SECONDS = 60',
        replace: 'DENYLIST_MARGIN_SECONDS = 0',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/revocation.ts',
    [...SCOPES],
    [
      {
        breaks: 'a revoked session that deletes a session leaves its own revocation incomplete',
        find: 'await completeRevocation(deps, revoker.formerCaller.claims, revoker.isDenylisted);',
        replace: '',
        tests: [SESSIONS],
      },
      {
        breaks: 'a second logout does not complete a logout of all that KV has missed',
        find: 'await completeRevocation(deps, claims, isDenylisted);',
        replace: '',
      },
      {
        breaks: 'a logout succeeds when its entry could not be written',
        find: 'if (state !== undefined) await entry;',
        replace: '',
        tests: [LOG_OUT],
      },
      {
        breaks: 'a repeated logout succeeds although no entry was ever written',
        find: '() => deps.denylist.isDenylisted(',
        replace: '() => true || deps.denylist.isDenylisted(',
        tests: [LOG_OUT],
      },
      {
        breaks: 'a revoked session that KV has missed is not denylisted when it deletes itself again',
        find: 'if (!revoker.isRevoked) return revoker.caller;',
        replace: "return 'caller' in revoker ? revoker.caller : revoker.formerCaller;",
        tests: [SESSIONS],
      },
      {
        breaks: 'a logout by refresh token succeeds when a write failed',
        find: 'await allDone([deps.sessions.revoke(id, termsOf(deps), event), denylistSession(deps, id)]);',
        replace:
          'await Promise.allSettled([deps.sessions.revoke(id, termsOf(deps), event), denylistSession(deps, id)]);',
        tests: ['test/flows/session/log-out-by-refresh-token.test.ts'],
      },
      {
        breaks: 'a session that a user deletes is not denylisted',
        find: '  if (isFound) await denylistSession(deps, own.id);\n',
        replace: '',
        tests: [SESSIONS],
      },
      {
        breaks: 'a logout of the others misses access tokens of a repeated refresh',
        find: 'since.getTime() - config.refreshGraceSeconds * 1000',
        replace: 'since.getTime()',
      },
      {
        breaks: 'a logout of the others succeeds when an entry could not be written',
        find: 'await allDone(recent.map(',
        replace: 'await Promise.allSettled(recent.map(',
      },
      {
        breaks: 'a logout of all writes nothing to the denylist',
        find: '  if (version !== undefined) await denylistUser(deps, { id, version });\n',
        replace: '',
      },
      {
        breaks: 'a second logout of all, after a failed write to KV, denylists one session only',
        find: 'if (version > claims.user_version) await',
        replace: 'if (version < 0) await',
      },
      {
        breaks: 'a reuse that the denylist has missed is not written when the token comes again',
        find: 'if (mayNeedEntry(deps.config, revokedAt, at) && !(await',
        replace: 'if (!mayNeedEntry(deps.config, revokedAt, at) && !(await',
        tests: [REUSE],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/log-out.ts',
    [LOG_OUT],
    [
      {
        breaks: 'a second logout of a revoked session succeeds',
        find: "if (state !== 'live') throw",
        replace: "if (state !== 'live' && state !== 'revoked') throw",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/revoke-own-session.ts',
    [SESSIONS],
    [
      {
        breaks: 'a user can denylist the sessions of others',
        find: "if (!isOwn) throw new Refusal('unknown_session');",
        replace: '',
      },
      {
        breaks: 'a revoked session can revoke others',
        find: 'await getUnrevokedCaller(deps, revoker)',
        replace:
          "(await getUnrevokedCaller(deps, revoker).catch(() => ('caller' in revoker ? revoker.caller : revoker.formerCaller)))",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/revoke-refresh-token.ts',
    [REVOKE],
    [
      {
        breaks: 'revoking a refresh token does not end the session',
        find: 'if (parts !== undefined) await revokeSession(deps, parts.sessionId);',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/revoke-token.ts',
    [REVOKE],
    [
      {
        breaks: 'revoking an access token does not end the session',
        find: 'isOfSession(claims) ? revokeSession(deps, claims.sid)',
        replace: 'isOfSession(claims) ? undefined',
      },
      {
        breaks: 'a misconfigured service says that a token is revoked',
        find: 'if (isAboutToken(error)) return undefined;',
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
        breaks: 'one run of the cron executes more statements than D1 allows',
        find: 'MAX_ROUNDS = 215',
        replace: 'MAX_ROUNDS = 300',
      },
      {
        breaks: 'one run of the cron overlaps with the next',
        find: 'now().getTime() < at.getTime() + MAX_MS',
        replace: 'round >= 0',
      },
    ],
  ),
];

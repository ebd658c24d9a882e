import { mutantsOf } from '../mutant.ts';

const REFRESH = 'test/flows/session/refresh.test.ts';
const REUSE = 'test/flows/session/refresh-reuse.test.ts';
const LATE = 'test/flows/session/refresh-late.test.ts';

export const refresh = [
  ...mutantsOf(
    'src/domain/session/refresh.ts',
    [REUSE],
    [
      {
        breaks: 'reuse of a refresh token hands out tokens',
        find: 'if (session.revokedAt !== null) {',
        replace: 'if (session.revokedAt === undefined) {',
      },
      {
        breaks: 'reuse of a refresh token is not reported',
        find: "deps.report({ event: 'refresh_token_reuse', ...ids });",
        replace: '',
      },
      {
        breaks: 'reuse of a refresh token does not reach the denylist',
        find: '[denylistSession(deps, session.id), tellUser',
        replace: '[tellUser',
      },
      {
        breaks: 'a late retry is not reported',
        find: "if (isLate) deps.report({ event: 'refresh_token_late', ...ids });",
        replace: '',
        tests: [LATE],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/rotate-session.ts',
    [REUSE, LATE, 'test/flows/session/long-sessions.test.ts'],
    [
      {
        breaks: 'reuse of a refresh token does not revoke the session',
        find: 'revokedAt: sql`CASE WHEN ${isReused} THEN ${at} END`',
        replace: 'revokedAt: sql`NULL`',
      },
      {
        breaks: 'a refresh moves the end of a session past its absolute end',
        find: 'sql`min(${idleEnd}, ${absoluteEnd})`',
        replace: 'idleEnd',
        tests: [REFRESH],
      },
      {
        breaks: 'an ended session can be refreshed',
        find: 'gte(sessions.generation, generation), isLive(given), ',
        replace: 'gte(sessions.generation, generation), ',
        tests: [REFRESH],
      },
      {
        breaks: 'a session without the second factor that is needed can be refreshed',
        find: 'isLive(given), reachesLevel(given))',
        replace: 'isLive(given))',
        tests: ['test/flows/session/refresh-without-factor.test.ts'],
      },
      {
        breaks: 'a future generation is accepted',
        find: 'gte(sessions.generation, generation), isLive',
        replace: 'isLive',
        tests: [REFRESH],
      },
      {
        breaks: 'the grace after a rotation never ends',
        find: 'coalesce(${sessions.rotatedAt}, 0) > ${at} - ${graceMs} AND (',
        replace: 'coalesce(${sessions.rotatedAt}, 0) > 0 AND (',
      },
      {
        breaks: 'the grace after a rotation is a millisecond longer',
        find: 'coalesce(${sessions.rotatedAt}, 0) > ${at} - ${graceMs} AND (',
        replace: 'coalesce(${sessions.rotatedAt}, 0) >= ${at} - ${graceMs} AND (',
      },
      {
        breaks: 'a repeated refresh extends the grace',
        find: 'rotatedAt: whenUsed(at, sessions.rotatedAt)',
        replace: 'rotatedAt: sql`${at}`',
      },
      {
        breaks: 'every earlier generation is a repeat within the grace',
        find: ' AND ${sessions.startedAt} > ${sessions.rotatedAt} - ${graceMs})',
        replace: ')',
      },
      {
        breaks: 'a late retry is forgiven although its successor was presented',
        find: ' AND NOT ${sessions.presented}\n',
        replace: '\n',
      },
      {
        breaks: 'a late retry is forgiven from another user agent',
        find: 'AND ${sessions.userAgent} IS ${given.userAgent} ',
        replace: '',
      },
      {
        breaks: 'a late retry is forgiven from another country',
        find: ' AND ${sessions.country} IS ${given.country}\n',
        replace: '\n',
      },
      {
        breaks: 'a late retry is forgiven any number of times',
        find: 'AND coalesce(${sessions.lateAt}, 0) <= ${at} - ${FORGIVEN_ONCE_IN_MS}\n',
        replace: '\n',
      },
      {
        breaks: 'a late retry is forgiven although two clients may have the token',
        find: 'AND ${sessions.sharedGeneration} IS NOT ${generation}\n',
        replace: '\n',
      },
      {
        breaks: 'a late retry is forgiven for any earlier generation',
        find: 'WHEN ${sessions.generation} = ${generation} + 1 AND NOT',
        replace: 'WHEN ${sessions.generation} > ${generation} AND NOT',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/session-state.ts',
    [REFRESH],
    [
      {
        breaks: 'a revoked session is alive',
        find: "    WHEN ${revoked} THEN 'revoked'\n",
        replace: '',
      },
      {
        breaks: 'a session is alive after its idle end',
        find: "    WHEN ${sessions.expiresAt} < ${at} THEN 'ended'\n",
        replace: '',
      },
      {
        breaks: 'a session is alive after its absolute end',
        find: "    WHEN ${sessions.startedAt} < ${at} - ${absoluteTtlSeconds} * 1000 THEN 'ended'\n",
        replace: '',
      },
      {
        breaks: 'the session of a disabled user is alive',
        find: ' AND ${users.disabledAt} IS NULL`',
        replace: '`',
      },
      {
        breaks: 'a session in its last second is refreshed',
        find: 'sql`${at} + 1000`',
        replace: 'at',
      },
    ],
  ),
];

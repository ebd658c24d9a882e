import { mutantsOf } from '../mutant.ts';

const STEP_UP = 'test/flows/session/step-up.test.ts';
const OF_ADMINS = 'test/flows/admin/step-up.test.ts';
const REFRESH = 'test/flows/session/refresh-without-factor.test.ts';

export const stepUp = [
  ...mutantsOf(
    'src/domain/session/recent.ts',
    [STEP_UP],
    [
      {
        breaks: 'an authentication stays recent for ever',
        find: 'if (ageSeconds > RECENT_SECONDS)',
        replace: 'if (Number.isNaN(ageSeconds))',
      },
      {
        breaks: 'an authentication of ten minutes ago is not recent',
        find: 'ageSeconds > RECENT_SECONDS',
        replace: 'ageSeconds >= RECENT_SECONDS',
      },
      {
        breaks: 'the password alone is enough for an account with a second factor',
        find: "if (hasFactor && claims.acr !== 'aal2')",
        replace: "if (hasFactor && claims.acr === 'aal2' && claims.amr.length === 0)",
      },
      {
        breaks: 'the response does not say that a second factor is needed',
        find: "acr: hasFactor ? ('aal2' as const) : undefined",
        replace: 'acr: undefined',
      },
      {
        breaks: 'routes with the password want a recent authentication of everybody',
        find: 'if (caller.hasFactor) requireRecent(caller, at);',
        replace: 'requireRecent(caller, at);',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/factor/has-factor.ts',
    [STEP_UP],
    [
      {
        breaks: 'a passkey is no second factor',
        find: '\n  OR EXISTS (SELECT 1 FROM passkeys WHERE passkeys.user_id = ${userId})',
        replace: '',
      },
      {
        breaks: 'an authenticator app is no second factor',
        find: 'EXISTS (SELECT 1 FROM totps WHERE totps.user_id = ${userId})\n  OR ',
        replace: '',
      },
      {
        breaks: 'the passkey of somebody else is a second factor',
        find: ' WHERE passkeys.user_id = ${userId}',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/authenticate-admin.ts',
    [OF_ADMINS],
    [
      {
        breaks: 'administrators need no recent authentication',
        find: 'requireRecent({ claims, hasFactor: hasFactor || needsSecondFactor(deps.config, user) }, deps.now());',
        replace: '',
      },
      {
        breaks: 'SECOND_FACTOR does not concern the administration',
        find: 'hasFactor || needsSecondFactor(deps.config, user)',
        replace: 'hasFactor',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/account/change-password.ts',
    [STEP_UP],
    [
      {
        breaks: 'the password is enough for an account with a second factor',
        find: 'requireRecentFactor({ claims, hasFactor }, deps.now());',
        replace: '',
      },
      {
        breaks: 'a change of the password renews the second factor',
        find: ', authenticatedAt: new Date(claims.auth_time * 1000) }',
        replace: ' }',
      },
      {
        breaks: 'a change of the password goes on without the second factor that is needed',
        find: ' || needsSecondFactor(config, user)',
        replace: '',
        tests: ['test/flows/factor/policy.test.ts'],
      },
    ],
  ),
  ...['request-email-change', 'delete-account'].flatMap((useCase) =>
    mutantsOf(
      `src/domain/account/${useCase}.ts`,
      [STEP_UP],
      [
        {
          breaks: 'the password is enough for an account with a second factor',
          find: 'requireRecentFactor(caller, deps.now());',
          replace: '',
        },
      ],
    ),
  ),
  ...mutantsOf(
    'src/http/routes/key/api-keys.ts',
    [STEP_UP],
    [
      {
        breaks: 'an API key needs no recent authentication',
        find: 'const creation = recentRoute(',
        replace: 'const creation = userRoute(',
      },
      {
        breaks: 'the end of an API key needs no recent authentication',
        find: 'const revocation = recentRoute(',
        replace: 'const revocation = userRoute(',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/reaches-level.ts',
    [REFRESH],
    [
      {
        breaks: 'administrators refresh as others do',
        find: 'AND ${users.admin} = 1',
        replace: 'AND ${users.admin} = 2',
      },
      {
        breaks: 'a session with a second factor is not refreshed',
        find: "method.value = 'mfa'",
        replace: "method.value = 'aal2'",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/factor/policy.ts',
    ['test/domain/factor/policy.test.ts'],
    [
      {
        breaks: 'SECOND_FACTOR=required is for administrators alone',
        find: "secondFactor === 'required' ||",
        replace: "(secondFactor === 'required' && admin) ||",
      },
      {
        breaks: 'SECOND_FACTOR=admins is for everybody',
        find: "(secondFactor === 'admins' && admin)",
        replace: "secondFactor === 'admins'",
      },
    ],
  ),
];

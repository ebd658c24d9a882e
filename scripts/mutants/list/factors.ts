import { mutantsOf } from '../mutant.ts';

const TOTP = 'test/flows/factor/totp.test.ts';
const CODES = 'test/flows/factor/recovery-codes.test.ts';
const PASSKEYS = 'test/flows/factor/passkeys.test.ts';
const REMOVE = 'test/flows/factor/remove.test.ts';
const POLICY = 'test/flows/factor/policy.test.ts';
const BY_FACTOR = 'test/flows/login/log-in-by-factor.test.ts';
const BY_PASSKEY = 'test/flows/login/log-in-by-passkey.test.ts';
const REAUTHENTICATE = 'test/flows/login/reauthenticate.test.ts';
const ADMIN = 'test/flows/admin/remove-factors.test.ts';

/** Second factors of accounts: setting up, using and removing them. */
export const factors = [
  ...mutantsOf(
    'src/domain/login/log-in.ts',
    [BY_FACTOR, POLICY],
    [
      {
        breaks: 'a second factor is not asked for',
        find: 'methodsOf(factors).length > 0 || needsSecondFactor(deps.config, user)',
        replace: 'needsSecondFactor(deps.config, user)',
      },
      {
        breaks: 'nobody has to set up a factor',
        find: ' || needsSecondFactor(deps.config, user)',
        replace: '',
      },
      {
        breaks: 'a hash stays as it is where there is a factor',
        find: 'if (rehash !== undefined) await deps.logins.rehash(user.id, rehash);',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/login/log-in-by-factor.ts',
    [BY_FACTOR, BY_PASSKEY, TOTP],
    [
      {
        breaks: 'a challenge outlives a change of the account',
        find: "if (user.version !== version) return refuseChallengeToken('the account has changed since');",
        replace: '',
      },
      {
        breaks: 'the passkey of another account counts',
        find: 'found === undefined || found.user.id !== userId',
        replace: 'found === undefined',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/login/log-in-by-passkey.ts',
    [BY_PASSKEY],
    [
      {
        breaks: 'a passkey that names no user logs in',
        find: 'response.response.userHandle === undefined',
        replace: 'response.id === undefined',
      },
      {
        breaks: 'challenges are for every network',
        find: "'sign_in', network, token)",
        replace: "'sign_in', '', token)",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/login/reauthenticate.ts',
    [REAUTHENTICATE, BY_PASSKEY],
    [
      {
        breaks: 'the password alone raises a session of two factors',
        find: "if (caller.hasFactor) throw new Refusal('second_factor_required');",
        replace: '',
      },
      {
        breaks: 'a code that loses a race says so wrongly',
        find: 'if (!isUsed)',
        replace: 'if (isUsed && !isUsed)',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/factor/check-factor.ts',
    [TOTP, CODES, BY_FACTOR],
    [
      {
        breaks: 'a challenge that is over tells whether a code is right',
        find: 'found.user.version !== version || found.user.disabledAt !== null',
        replace: 'found.user.disabledAt !== null',
      },
      { breaks: 'a code works twice', find: 'step <= (totp?.lastStep ?? 0)', replace: 'step < 0' },
      { breaks: 'codes are not counted', find: 'counted.length === 0', replace: 'counted.length < 0' },
      { breaks: 'every recovery code is right', find: 'hasCode ? {', replace: "hasCode || mac !== '' ? {" },
      {
        breaks: 'wrong codes are no events',
        find: "addAfterResponse(deps, newEvent(deps, 'factor_failed', { userId, data: { factor: kind } }));",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/login/attempts.ts',
    [BY_FACTOR],
    [
      {
        breaks: 'codes of one account are free from every network',
        find: 'const BY_CODES = { free: 10,',
        replace: 'const BY_CODES = { free: 1000,',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/factor/check-passkey.ts',
    [BY_PASSKEY],
    [
      { breaks: 'a copy of a passkey logs in', find: 'if (isCloned) {', replace: 'if (!deps) {' },
      {
        breaks: 'a passkey says it is of another user',
        find: 'userHandle !== undefined && userHandle !== userHandleOf(userId)',
        replace: 'userHandle === userId',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/factor/totp.ts',
    [TOTP],
    [
      {
        breaks: 'somebody sets up the app of somebody else',
        find: 'userId !== user.id || version !== user.version',
        replace: 'version !== user.version',
      },
      {
        breaks: 'the offer of an app outlives a change of the account',
        find: 'userId !== user.id || version !== user.version',
        replace: 'userId !== user.id',
        tests: [TOTP],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/factor/enroller.ts',
    [POLICY, TOTP, PASSKEYS],
    [
      {
        breaks: 'a challenge to set up a factor works again',
        find: 'user.disabledAt !== null || user.version !== version',
        replace: 'user.disabledAt !== null',
      },
      {
        breaks: 'a challenge sets up a factor beside others',
        find: 'user.hasFactor || !needsSecondFactor(deps.config, user)',
        replace: '!needsSecondFactor(deps.config, user)',
      },
      { breaks: 'an old login sets up a factor', find: 'requireRecent(caller, at);', replace: '' },
    ],
  ),
  ...mutantsOf(
    'src/domain/factor/remove-factor.ts',
    [REMOVE, POLICY],
    [
      { breaks: 'an old login removes a factor', find: 'requireRecent(caller, at);', replace: '' },
      {
        breaks: 'the last factor goes where one is needed',
        find: 'const mayBeLast = !needsSecondFactor(config, user);',
        replace: 'const mayBeLast = true;',
      },
      { breaks: 'KV does not hear of a removal', find: 'await denylistUser(deps, next);', replace: '' },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/remove-factors.ts',
    [ADMIN],
    [
      {
        breaks: 'administrators remove factors',
        find: "if (!admin.isOperator) throw new Refusal('operator_required');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/factor/use-factor.ts',
    [TOTP, CODES, BY_FACTOR, BY_PASSKEY],
    [
      {
        breaks: 'a code works at several places at once',
        find: ' AND ${totps.lastStep} < ${given.step}',
        replace: '',
      },
      {
        breaks: 'a challenge is used twice',
        find: '  AND NOT EXISTS (SELECT 1 FROM ${usedTokens} WHERE ${usedTokens.id} = ${challengeId})`;',
        replace: '  AND ${challengeId} IS NOT NULL`;',
      },
      {
        breaks: 'one counter of a passkey works at several places at once',
        find: '(${passkeys.counter} < ${given.counter} OR',
        replace: '(${passkeys.counter} <= ${given.counter} OR',
      },
      {
        breaks: 'a factor of a disabled account works',
        find: ' AND users.disabled_at IS NULL)',
        replace: ')',
        tests: [BY_FACTOR],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/factor/factors-of-user.ts',
    ['test/flows/factor/passkey-as-factor.test.ts', BY_FACTOR],
    [
      {
        breaks: 'passkeys are no second factor',
        find: 'const user = sql`${userId}`;',
        replace: 'const user = userId;',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/factor/add-factor.ts',
    [TOTP, PASSKEYS],
    [
      {
        breaks: 'two set up a factor at once',
        find: 'users.id = ${userId} AND users.version = ${userVersion} AND users.disabled_at IS NULL)\n  AND (${sessionId}',
        replace:
          'users.id = ${userId} AND users.version <= ${userVersion} + 9 AND users.disabled_at IS NULL)\n  AND (${sessionId}',
      },
      {
        breaks: 'an account has any number of passkeys',
        find: 'const MAX_PASSKEYS = 20;',
        replace: 'const MAX_PASSKEYS = 99;',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/factor/recovery-codes.ts',
    [TOTP, CODES, REMOVE],
    [
      {
        breaks: 'each factor adds recovery codes',
        find: '\n          AND NOT EXISTS (SELECT 1 FROM ${recoveryCodes} WHERE ${recoveryCodes.userId} = ${given.userId})`',
        replace: '`',
      },
      {
        breaks: 'recovery codes outlive the last factor',
        find: ' AND NOT ${hasFactor(userId)}`',
        replace: ' AND ${hasFactor(userId)}`',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/revoke-beside.ts',
    [REMOVE],
    [
      {
        breaks: 'sessions outlive the removal of a factor',
        find: '${sessions.id} <> ${given.sessionId}',
        replace: 'false',
      },
    ],
  ),
];

import { mutantsOf } from '../mutant.ts';

const GUESSING = [
  'test/flows/login/guessing.test.ts',
  'test/flows/login/simultaneous-guesses.test.ts',
  'test/flows/login/known-networks.test.ts',
];
const NEW_PASSWORDS = ['test/flows/account/new-passwords.test.ts', 'test/flows/account/breached-passwords.test.ts'];
const RATE_LIMITS = 'test/flows/service/rate-limits.test.ts';

export const logins = [
  ...mutantsOf('src/store/statements/login/count-attempt.ts', GUESSING, [
    {
      breaks: 'time without attempts allows more of them later',
      find: 'max(coalesce(counted.forgotten_at, 0), ${now}) + longest_delay',
      replace: 'coalesce(counted.forgotten_at, ${now}) + longest_delay',
    },
    {
      breaks: 'attempts of strangers delay the owner on a known network',
      find: 'WHERE is_pair OR NOT EXISTS (SELECT 1 FROM known_networks WHERE key = ${given.pairKey} AND known_until > ${now})',
      replace: 'WHERE ${now} > 0',
    },
    {
      breaks: 'attempts from many networks are never delayed',
      find: 'WHERE is_pair OR NOT EXISTS',
      replace: 'WHERE is_pair AND NOT EXISTS',
    },
    { breaks: 'a known network is never forgotten', find: ' AND known_until > ${now})', replace: ' AND ${now} > 0)' },
    {
      breaks: 'no attempt is delayed',
      find: 'WHERE NOT EXISTS (SELECT 1 FROM concerned WHERE retry_at > ${now})',
      replace: 'WHERE NOT EXISTS (SELECT 1 FROM concerned WHERE retry_at < 0)',
    },
    {
      breaks: 'a wait ends a millisecond too soon',
      find: 'FROM concerned WHERE retry_at > ${now}',
      replace: 'FROM concerned WHERE retry_at > ${now} + 1',
    },
    {
      breaks: 'the delay does not double',
      find: 'first_delay << min(excess, ${MAX_DOUBLINGS})',
      replace: 'first_delay << min(0, ${MAX_DOUBLINGS})',
    },
    {
      breaks: 'the delay has no upper limit',
      find: 'min(longest_delay, first_delay << min(excess, ${MAX_DOUBLINGS}))',
      replace: '(first_delay << min(excess, ${MAX_DOUBLINGS}))',
    },
    { breaks: 'one more attempt is free', find: 'excess < 0', replace: 'excess < 1' },
  ]),
  ...mutantsOf('src/domain/login/attempts.ts', GUESSING, [
    {
      breaks: 'one network has 11 free attempts at one account',
      find: 'const BY_PAIR = { free: 10,',
      replace: 'const BY_PAIR = { free: 11,',
    },
    { breaks: 'many networks have 21 free attempts at one account', find: 'free: 20,', replace: 'free: 21,' },
    { breaks: 'one network has 101 free attempts at many accounts', find: 'free: 100,', replace: 'free: 101,' },
    { breaks: 'a network stays known for 91 days', find: '90 * DAY_MS', replace: '91 * DAY_MS' },
  ]),
  ...mutantsOf('src/store/statements/login/remember-network.ts', GUESSING, [
    {
      breaks: 'a login to a disabled account makes its network known',
      find: 'and(eq(users.id, userId), isNull(users.disabledAt))',
      replace: 'eq(users.id, userId)',
    },
  ]),
  ...mutantsOf('src/store/statements/login/settle-attempt.ts', GUESSING, [
    {
      breaks: 'a login on a known network resets the attempts of strangers',
      find: 'counted.includes(account.key) ? account.key : pair.key',
      replace: 'account.key',
    },
  ]),
  ...mutantsOf('src/store/statements/login/refund-attempt.ts', GUESSING, [
    {
      breaks: 'a login resets the count of its network for other accounts',
      find: 'sql`${loginAttempts.forgottenAt} - ${longestDelayMs}`',
      replace: 'sql`${loginAttempts.forgottenAt} - 100 * ${longestDelayMs}`',
    },
  ]),
  ...mutantsOf(
    'src/store/statements/login/find-known-network.ts',
    [RATE_LIMITS],
    [
      {
        breaks: 'a forgotten network can log in without a budget',
        find: 'and(eq(knownNetworks.key, key), gt(knownNetworks.knownUntil, at))',
        replace: 'eq(knownNetworks.key, key)',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/account/replace-hash.ts',
    ['test/flows/login/log-in.test.ts'],
    [
      {
        breaks: 'a rehash overwrites a password that was changed meanwhile',
        find: 'and(eq(users.id, userId), eq(users.passwordHash, from))',
        replace: 'eq(users.id, userId)',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/take-request.ts',
    [RATE_LIMITS],
    [
      {
        breaks: 'a request without budget is served',
        find: 'if (!isLeft) throw',
        replace: 'if (isLeft === undefined) throw',
      },
      {
        breaks: 'an unexpected error of a limiter lets requests through',
        find: 'if (!(error instanceof StorageFailure)) throw error;',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/rate-limiter.ts',
    [RATE_LIMITS],
    [{ breaks: 'the result of a limiter is ignored', find: 'return success;', replace: 'return success || true;' }],
  ),
  ...mutantsOf(
    'src/store/breached-passwords.ts',
    [...NEW_PASSWORDS],
    [
      {
        breaks: 'any response of the breach service counts as a range',
        find: 'if (lines.length === 0 || !lines.every((line) => LINE.test(line))) throw',
        replace: 'if (lines.length === -1) throw',
      },
      {
        breaks: 'the breach check follows redirects',
        find: "redirect: 'manual'",
        replace: "redirect: 'follow'",
      },
      {
        breaks: 'a response of the breach service has no maximum length',
        find: 'if (text.length > MAX_LENGTH) throw',
        replace: 'if (text.length < 0) throw',
      },
      {
        breaks: "the log has the first digits of a password's SHA-1",
        find: ".replaceAll(prefix, '…')",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/account/new-password.ts',
    [...NEW_PASSWORDS],
    [
      {
        breaks: 'the breach check is left out',
        find: '  await checkBreaches(deps, password, field);\n',
        replace: '',
        tests: ['test/flows/account/breached-passwords.test.ts'],
      },
      {
        breaks: 'fail-closed accepts a password that was not checked',
        find: "if (config.breachCheck === 'fail-closed')",
        replace: "if (config.breachCheck === 'off')",
      },
      {
        breaks: 'a breached password is accepted',
        find: 'if (suffixes.includes(suffix)) refuse',
        replace: 'if (suffixes.includes(prefix)) refuse',
      },
      {
        breaks: 'the breach check looks for the password before NFKC',
        find: 'breachDigest(toNfkc(password))',
        replace: 'breachDigest(password)',
      },
      {
        breaks: 'a password may be one character too short',
        find: 'length < config.passwordMinLength',
        replace: 'length + 1 < config.passwordMinLength',
      },
      {
        breaks: 'the e-mail address may be the password',
        find: '    email,\n    email.slice(0, at),',
        replace: '    email.slice(0, at),',
      },
      { breaks: 'the word latchkey may be the password', find: "    'latchkey',\n", replace: '' },
      { breaks: 'a common password is accepted', find: '!config.mayBeCommon && ', replace: 'config.mayBeCommon && ' },
    ],
  ),
  ...mutantsOf(
    'src/domain/account/common-passwords.ts',
    ['test/domain/account/common-passwords.test.ts', ...NEW_PASSWORDS],
    [{ breaks: 'a common password is accepted in capitals', find: 'foldCase(password)', replace: 'password' }],
  ),
];

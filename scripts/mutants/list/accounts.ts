import { mutantsOf } from '../mutant.ts';

const CRYPTO = ['test/crypto/mailed-token.test.ts'];
const CODES = ['test/flows/account/mailed-codes.test.ts'];
const REDEMPTIONS = ['test/flows/account/redemptions.test.ts'];
const UNDO = ['test/flows/account/undo-email.test.ts'];
const ASKS = ['test/flows/account/equal-work.test.ts'];
const OUTBOX = ['test/flows/mail/outbox.test.ts', 'test/flows/mail/mail-cron.test.ts'];

export const accounts = [
  ...mutantsOf('src/crypto/mailed-token.ts', CRYPTO, [
    {
      breaks: 'a token for one purpose is one for every purpose',
      find: '`latchkey mailed token v1 ${purpose}`',
      replace: '`latchkey mailed token v1 ${purpose.length > 99}`',
    },
    {
      breaks: 'a code for one purpose is one for every purpose',
      find: '`latchkey mailed code v1 ${purpose}`',
      replace: '`latchkey mailed code v1 ${purpose.length > 99}`',
    },
    { breaks: 'a token has four spellings', find: '[AEIMQUYcgkosw048]', replace: '[\\w-]' },
    { breaks: 'a code loses its leading zeros', find: ".padStart(CODE_DIGITS, '0')", replace: '' },
    {
      breaks: 'the code of no challenge at all can be guessed',
      find: ' && id !== undefined;',
      replace: ';',
    },
    { breaks: 'every well-formed token is signed', find: 'return isSigned ? id : undefined', replace: 'return id' },
  ]),
  ...mutantsOf('src/store/statements/account/challenge-state.ts', CODES, [
    { breaks: 'a code takes six guesses', find: 'MAX_CODE_ATTEMPTS = 5', replace: 'MAX_CODE_ATTEMPTS = 6' },
    {
      breaks: 'a code never gets too old',
      find: 'challenges.code_expires_at > ${at}',
      replace: 'challenges.code_expires_at > ${at} - 86400000',
    },
    {
      breaks: 'a challenge outlives a change of the account',
      find: 'users.version = challenges.user_version OR ',
      replace: 'users.version >= challenges.user_version OR ',
      tests: REDEMPTIONS,
    },
    {
      breaks: 'a disabled account redeems what was mailed to it',
      find: 'challenges.user_id AND users.disabled_at IS NULL',
      replace: 'challenges.user_id',
      tests: REDEMPTIONS,
    },
    {
      breaks: 'a thief who changes the password stops the undo',
      find: " OR challenges.purpose = 'undo_email'",
      replace: '',
      tests: UNDO,
    },
    {
      breaks: 'anybody may register an address that an undo may give back',
      find: 'reserved.user_id IS NOT ${userId}',
      replace: 'reserved.user_id IS NULL',
      tests: UNDO,
    },
    {
      breaks: 'an undo reserves its address for ever',
      find: 'AND reserved.expires_at > ${at} AND',
      replace: 'AND ${at} > 0 AND',
      tests: UNDO,
    },
    {
      breaks: 'the loser of two redemptions has an effect too',
      find: ' AND challenges.redemption = ${redemption})',
      replace: ' AND ${redemption} IS NOT NULL)',
      tests: REDEMPTIONS,
    },
  ]),
  ...mutantsOf('src/store/statements/account/redeem-challenge.ts', REDEMPTIONS, [
    {
      breaks: 'a token is redeemed again and again',
      find: '        isNull(challenges.redemption),\n',
      replace: '',
    },
    {
      breaks: 'a token is redeemed after its end',
      find: '        gt(challenges.expiresAt, at),\n',
      replace: '',
    },
  ]),
  ...mutantsOf('src/store/statements/mail/count-mail-request.ts', ASKS, [
    { breaks: 'an address gets four mails an hour', find: 'perHourAndPurpose: 3', replace: 'perHourAndPurpose: 4' },
    { breaks: 'an address gets eleven mails a day', find: 'perDay: 10', replace: 'perDay: 11' },
    {
      breaks: 'mails for one purpose use up those for another',
      find: ' AND purpose = ${purpose}) <',
      replace: ' AND ${purpose} IS NOT NULL) <',
      tests: ['test/flows/account/mailed-guesses.test.ts'],
    },
    {
      breaks: 'a stranger who registers a taken address uses up the mails of its owner',
      find: 'WHERE (${userId} IS NULL OR EXISTS (SELECT 1 FROM users WHERE users.id = ${userId}))',
      replace: 'WHERE (${userId} IS NULL OR ${userId} IS NOT NULL)',
    },
  ]),
  ...mutantsOf('src/store/statements/account/count-code.ts', CODES, [
    {
      breaks: 'guesses at a code are not counted',
      find: 'sql`${challenges.attempts} + 1`',
      replace: 'sql`${challenges.attempts} + 0`',
    },
    {
      breaks: 'the code of a verification resets a password',
      find: ' AND challenges.purpose = ${purpose} AND',
      replace: ' AND ${purpose} IS NOT NULL AND',
    },
  ]),
  ...mutantsOf('src/store/statements/account/reset-password.ts', UNDO, [
    {
      breaks: 'an undo of a later change takes the account from its owner again',
      find: 'AND ${challenges.redemption} IS NULL AND ${challenges.id} > ${given.id}',
      replace: 'AND ${challenges.redemption} IS NULL AND ${challenges.id} < ${given.id}',
    },
  ]),
  ...mutantsOf(
    'src/store/statements/account/change-email.ts',
    ['test/flows/account/change-email.test.ts'],
    [
      {
        breaks: 'an address that was never verified gets an undo',
        find: ' AND users.email_verified_at IS NOT NULL',
        replace: '',
      },
    ],
  ),
  ...mutantsOf('src/domain/account/challenge.ts', UNDO, [
    {
      breaks: 'trying the link of a mail again does not complete the end of the sessions',
      find: 'if (ended !== undefined) await completeEnd(deps, ended, at);',
      replace: 'void ended;',
    },
  ]),
  ...mutantsOf('src/domain/mail/deliver.ts', OUTBOX, [
    { breaks: 'a mail is lent out for half its lease', find: 'LEASE_MS = 60_000', replace: 'LEASE_MS = 30_000' },
    { breaks: 'the cron uses up its subrequests', find: 'MAX_ROUNDS = 50', replace: 'MAX_ROUNDS = 60' },
    { breaks: 'a mail is tried every minute', find: '[1, 5, 20, 60]', replace: '[1, 1, 1, 1]' },
    {
      breaks: 'the last try leaves no time to use the mail',
      find: 'expiresAt.getTime() - LEFT_MS',
      replace: 'expiresAt.getTime()',
    },
    {
      breaks: 'a late mail carries a code that is dead',
      find: 'codeSeconds <= 0',
      replace: 'codeSeconds <= -86_400',
    },
    {
      breaks: 'an address that is gone is never marked',
      find: "outcome === 'gone' ? outbox.gone(mail, now(), event) : outbox.giveUp(mail, event)",
      replace: 'outbox.giveUp(mail, event)',
    },
  ]),
  ...mutantsOf('src/store/statements/account/challenge-state.ts', OUTBOX, [
    {
      breaks: 'a mail goes out after what it carries was used',
      find: ' AND challenges.redemption IS NULL',
      replace: '',
    },
    {
      breaks: 'a mail goes out with a link that the account does not allow any more',
      find: ' AND ${isAllowed}))`',
      replace: '))`',
    },
  ]),
  ...mutantsOf('src/store/statements/account/carry-challenges.ts', REDEMPTIONS, [
    {
      breaks: 'a logout keeps a change of the address that a thief has asked for',
      find: "['reset_password', 'verify_email']",
      replace: "['reset_password', 'verify_email', 'change_email']",
    },
    {
      breaks: 'a logout that has no effect kills resets',
      find: "['reset_password', 'verify_email']), condition)",
      replace: "['reset_password', 'verify_email']))",
    },
    {
      breaks: 'a logout kills resets',
      find: '${challenges.userVersion} + 1',
      replace: '${challenges.userVersion} + 0',
    },
  ]),
  ...mutantsOf('src/store/statements/mail/claim-mail.ts', OUTBOX, [
    {
      breaks: 'everybody takes every mail at the same time',
      find: 'retryAt: sql`${leasedUntil}`',
      replace: 'retryAt: sql`0 * ${leasedUntil}`',
    },
  ]),
  ...mutantsOf('src/store/statements/mail/settle-mail.ts', OUTBOX, [
    {
      breaks: 'a late answer frees a mail that somebody else is sending',
      find: 'and(eq(outbox.id, id), eq(outbox.tries, tries))',
      replace: 'and(eq(outbox.id, id), sql`${tries} > 0`)',
    },
  ]),
  ...mutantsOf('src/domain/mail/ask.ts', REDEMPTIONS, [
    {
      breaks: 'a reset lives as long as a verification',
      find: "purpose === 'reset_password' ? config.passwordResetTtlSeconds : config.verificationTtlSeconds",
      replace: 'config.verificationTtlSeconds',
      tests: OUTBOX,
    },
    {
      breaks: 'a code lives as long as its link',
      find: 'Math.min(life, config.mailCodeTtlSeconds)',
      replace: 'life',
      tests: CODES,
    },
    {
      breaks: 'a code outlives its link',
      find: 'Math.min(life, config.mailCodeTtlSeconds)',
      replace: 'config.mailCodeTtlSeconds',
      tests: CODES,
    },
    {
      breaks: 'a service without mail lets people wait for one',
      find: "if (config.mail === undefined) throw new Refusal('mail_unavailable');",
      replace: '',
      tests: OUTBOX,
    },
  ]),
];

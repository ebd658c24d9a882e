import { describe, expect, it } from 'vitest';
import { atOnce, NEW_EMAIL, NEW_PASSWORD, refusedProof, startAccounts, type Accounts } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { joe, type ServiceResponse, tokensOf } from '../../support/service.ts';

/** A challenge as its owner has it: how to redeem its token and its code, and the answer to that. */
type Held = { byToken: () => Promise<ServiceResponse>; byCode?: () => Promise<ServiceResponse>; success: number };

/** What a redemption leaves behind: versions, sessions, live sessions, challenges, redeemed ones, and letters. */
type Effect = [
  users: number[],
  sessions: number,
  live: number,
  challenges: number,
  redeemed: number,
  letters: string[],
];

type Case = { env?: object; prepare: (service: Accounts) => Promise<Held>; effect: Effect };

const cases: Record<string, Case> = {
  register: {
    env: { REGISTRATION: 'confirm' },
    prepare: async ({ askRegistration, confirmRegistration, letter }) => {
      await askRegistration();
      const [token, code] = proofOf(letter('register'));
      return {
        byToken: () => confirmRegistration({ token }),
        byCode: () => confirmRegistration({ email: joe.email, code }),
        success: 201,
      };
    },
    effect: [[0], 1, 1, 1, 1, ['register']],
  },
  verify_email: {
    prepare: async ({ register, verifyEmail, letter }) => {
      const { access } = tokensOf(await register());
      const [token, code] = proofOf(letter('verify_email'));
      return { byToken: () => verifyEmail({ token }), byCode: () => verifyEmail({ code }, access), success: 200 };
    },
    effect: [[0], 1, 1, 1, 1, ['verify_email']],
  },
  reset_password: {
    prepare: async ({ register, askReset, confirmReset, letter }) => {
      await register();
      await askReset();
      const [token, code] = proofOf(letter('reset_password'));
      return {
        byToken: () => confirmReset({ token }),
        byCode: () => confirmReset({ email: joe.email, code }),
        success: 200,
      };
    },
    effect: [[1], 1, 0, 2, 1, ['verify_email', 'reset_password', 'password_changed']],
  },
  change_email: {
    prepare: async ({ registerVerified, askChange, confirmChange, letter }) => {
      const { access } = await registerVerified();
      await askChange(access);
      const [token, code] = proofOf(letter('change_email'));
      return { byToken: () => confirmChange({ token }), byCode: () => confirmChange({ code }, access), success: 200 };
    },
    effect: [[1], 1, 1, 3, 2, ['verify_email', 'change_email', 'email_changed']],
  },
  undo_email: {
    prepare: async ({ registerVerified, changeEmail, undo, letter }) => {
      const { access } = await registerVerified();
      await changeEmail(access);
      const [token] = proofOf(letter('email_changed'));
      return { byToken: () => undo(token), success: 200 };
    },
    effect: [[2], 1, 0, 4, 3, ['verify_email', 'change_email', 'email_changed', 'reset_password']],
  },
};

const proofOf = (letter: ReturnType<Accounts['letter']>) => [tokenOf(letter), codeOf(letter)] as const;

async function effectOf({ letters }: Accounts): Promise<Effect> {
  const versions = await sql('SELECT version FROM users');
  const [row = {}] = await sql(`SELECT
    (SELECT count(*) FROM sessions) AS sessions,
    (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) AS live,
    (SELECT count(*) FROM challenges) AS challenges,
    (SELECT count(*) FROM challenges WHERE redemption IS NOT NULL) AS redeemed,
    (SELECT count(*) FROM outbox) AS mails`);
  expect(row['mails'], 'every mail is sent').toBe(0);
  return [
    versions.map(({ version }) => Number(version)),
    Number(row['sessions']),
    Number(row['live']),
    Number(row['challenges']),
    Number(row['redeemed']),
    letters.map(({ name }) => name),
  ];
}

describe.each(Object.entries(cases))('what a mail for %s carries', (purpose, { env = {}, prepare, effect }) => {
  it.each([2, 50])('is redeemed once by %i requests at the same time, with one effect', async (count) => {
    const service = startAccounts({ env });
    const { byToken, success } = await prepare(service);
    const all = await atOnce(count, byToken);
    expect(all.filter(({ status }) => status === success)).toHaveLength(1);
    expect(all.filter(({ body }) => body['code'] === 'invalid_challenge')).toHaveLength(count - 1);
    expect(await effectOf(service)).toEqual(effect);
  });

  it('is redeemed once by its token and its code at the same time', async () => {
    const service = startAccounts({ env });
    const { byToken, byCode = byToken, success } = await prepare(service);
    const all = await Promise.all([byToken(), byCode(), byToken(), byCode()]);
    expect(all.filter(({ status }) => status === success)).toHaveLength(1);
    expect(all.filter(({ body }) => body['code'] === 'invalid_challenge')).toHaveLength(3);
    expect(await effectOf(service)).toEqual(effect);
  });

  it('is used up after that', async () => {
    const { byToken, byCode = byToken, success } = await prepare(startAccounts({ env }));
    expect(await byToken()).toMatchObject({ status: success });
    expect(await byToken()).toMatchObject({ status: 400, body: { code: 'invalid_challenge' } });
    expect(await byCode()).toMatchObject({ status: 400, body: { code: 'invalid_challenge' } });
  });

  it('is good until the last millisecond of its life, and no longer', async () => {
    const service = startAccounts({ env });
    const { byToken, success } = await prepare(service);
    const [{ at } = {}] = await sql('SELECT expires_at AS at FROM challenges WHERE purpose = ?', purpose);
    service.clock.pass((Number(at) - service.clock.now().getTime()) / 1000);
    expect(await byToken()).toMatchObject(refusedProof);
    service.clock.pass(-0.001);
    expect(await byToken()).toMatchObject({ status: success });
  });
});

/** What happens to the account after the mail was sent, and kills what the mail carries. */
const changes: [string, (service: Accounts, access: string) => Promise<unknown>][] = [
  [
    'a change of the password',
    async ({ askReset, confirmReset, letter }) => {
      await askReset();
      return confirmReset({ token: tokenOf(letter('reset_password')) });
    },
  ],
  ['a change of the address', ({ changeEmail }, access) => changeEmail(access, 'joe@elsewhere.example')],
  ['disabling', () => sql('UPDATE users SET disabled_at = 1')],
];

/** How the token of each mail is redeemed. */
const redeemers = [
  ['verify_email', ({ verifyEmail }: Accounts, token: string) => verifyEmail({ token })],
  ['reset_password', ({ confirmReset }: Accounts, token: string) => confirmReset({ token })],
  ['change_email', ({ confirmChange }: Accounts, token: string) => confirmChange({ token })],
] as const;

describe.each(redeemers)('the token of a mail for %s', (purpose, redeem) => {
  it.each(changes)('is dead after %s', async (_, change) => {
    const service = startAccounts();
    const { registerVerified, askVerification, askReset, askChange, letter, clock } = service;
    const { access } = await registerVerified();
    clock.pass(1);
    await askVerification(access);
    await askReset();
    await askChange(access, NEW_EMAIL);
    const token = tokenOf(letter(purpose));
    // The change gets challenges of its own.
    clock.pass(601);
    expect((await change(service, access)) ?? {}).not.toMatchObject({ status: 400 });
    const state = () => sql('SELECT email, password_hash, version FROM users');
    const before = await state();
    expect(await redeem(service, token)).toMatchObject(refusedProof);
    expect(await state()).toEqual(before);
  });
});

describe.each(['all', 'others'])('a logout of %s', (scope) => {
  it.each(redeemers)('leaves the token of a mail for %s as it should', async (purpose, redeem) => {
    const service = startAccounts();
    const { registerVerified, askVerification, askReset, askChange, letter, clock, logOut } = service;
    const { access } = await registerVerified();
    clock.pass(1);
    await askVerification(access);
    await askReset();
    await askChange(access, NEW_EMAIL);
    expect(await logOut(access, scope)).toMatchObject({ status: 200 });
    const redeemed = await redeem(service, tokenOf(letter(purpose)));
    // Whoever has a stolen session cannot kill a reset. A change of the address may be the thief's.
    expect(redeemed).toMatchObject(purpose === 'change_email' ? refusedProof : { status: 200 });
  });

  it('revives no reset from before a change of the password', async () => {
    const { registerVerified, askReset, confirmReset, letter, logIn, logOut, clock } = startAccounts();
    await registerVerified();
    await askReset();
    const dead = tokenOf(letter('reset_password'));
    clock.pass(601);
    await askReset();
    await confirmReset({ token: tokenOf(letter('reset_password')) }, 'a new pass phrase');
    const { access } = tokensOf(await logIn({ ...joe, password: 'a new pass phrase' }));
    await logOut(access, scope);
    expect(await confirmReset({ token: dead })).toMatchObject(refusedProof);
  });
});

it('a logout of the others by a session that is revoked carries no mail over', async () => {
  const { registerVerified, askReset, confirmReset, letter, logIn, logOut } = startAccounts();
  const { access } = await registerVerified();
  const other = tokensOf(await logIn());
  await askReset();
  await Promise.all([logOut(access, 'others'), logOut(other.access, 'others')]);
  expect(await sql('SELECT version - user_version AS behind FROM users, challenges')).toContainEqual({ behind: 0 });
  expect(await confirmReset({ token: tokenOf(letter('reset_password')) })).toMatchObject({ status: 200 });
});

it('an undo is dead while the account is disabled, and works after that', async () => {
  const { registerVerified, changeEmail, undo, letter } = startAccounts();
  const { access } = await registerVerified();
  await changeEmail(access);
  await sql('UPDATE users SET disabled_at = 1');
  expect(await undo(tokenOf(letter('email_changed')))).toMatchObject(refusedProof);
  await sql('UPDATE users SET disabled_at = NULL');
  expect(await undo(tokenOf(letter('email_changed')))).toMatchObject({ status: 200 });
});

describe('a request for the same mail', () => {
  it('sends the same token and code again while the code lives', async () => {
    const { register, askReset, letters, confirmReset, clock } = startAccounts();
    await register();
    await askReset();
    clock.pass(599);
    await askReset();
    const [first, second] = letters.filter(({ name }) => name === 'reset_password');
    expect(second?.proof?.token).toBe(first?.proof?.token);
    expect(second?.proof?.code).toEqual({ digits: first?.proof?.code?.digits, expiresInSeconds: 1 });
    expect(first?.proof?.code?.expiresInSeconds).toBe(600);
    expect(second?.id).not.toBe(first?.id);
    expect(await confirmReset({ token: first?.proof?.token })).toMatchObject({ status: 200 });
    expect(await confirmReset({ token: second?.proof?.token })).toMatchObject(refusedProof);
  });

  it('sends another token and code when the code is too old, and the earlier link goes on working', async () => {
    const { register, askReset, letters, confirmReset, clock } = startAccounts();
    await register();
    await askReset();
    clock.pass(600);
    await askReset();
    const [first, second] = letters.filter(({ name }) => name === 'reset_password');
    expect(second?.proof?.token).not.toBe(first?.proof?.token);
    expect(second?.proof?.code?.digits).not.toBe(first?.proof?.code?.digits);
    const [old, code] = [{ token: first?.proof?.token }, { email: joe.email, code: first?.proof?.code?.digits }];
    expect(await confirmReset(code)).toMatchObject(refusedProof);
    expect(await confirmReset(old)).toMatchObject({ status: 200 });
    expect(await confirmReset({ token: second?.proof?.token }, NEW_PASSWORD)).toMatchObject(refusedProof);
  });
});

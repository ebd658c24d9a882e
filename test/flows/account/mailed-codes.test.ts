import { describe, expect, it } from 'vitest';
import { atOnce, otherCode, refusedProof, startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { joe, tokensOf } from '../../support/service.ts';

async function startReset() {
  const service = startAccounts();
  const tokens = tokensOf(await service.register());
  await service.askReset();
  const letter = service.letter('reset_password');
  const tryCode = (code: string) => service.confirmReset({ email: joe.email, code });
  return { ...service, ...tokens, tryCode, token: tokenOf(letter), code: codeOf(letter) };
}

const attempts = () => sqlValue("SELECT attempts FROM challenges WHERE purpose = 'reset_password' ORDER BY id DESC");

describe('a code', () => {
  it('is right after four wrong ones', async () => {
    const { tryCode, code } = await startReset();
    for (const by of [1, 2, 3, 4]) expect(await tryCode(otherCode(code, by))).toMatchObject(refusedProof);
    expect(await tryCode(code)).toMatchObject({ status: 200 });
  });

  it('is dead after five wrong ones, and the link is not', async () => {
    const { tryCode, code, token, confirmReset } = await startReset();
    for (const by of [1, 2, 3, 4, 5]) expect(await tryCode(otherCode(code, by))).toMatchObject(refusedProof);
    expect(await tryCode(code)).toMatchObject(refusedProof);
    expect(await attempts(), 'counted no further').toBe(5);
    expect(await confirmReset({ token })).toMatchObject({ status: 200 });
  });

  it('is replaced after five wrong ones, and the old link goes on working', async () => {
    const { tryCode, code, token, askReset, letter, confirmReset, clock } = await startReset();
    for (const by of [1, 2, 3, 4, 5]) await tryCode(otherCode(code, by));
    clock.pass(1);
    await askReset();
    const next = letter('reset_password');
    expect(codeOf(next)).not.toBe(code);
    expect(tokenOf(next)).not.toBe(token);
    expect(await tryCode(code)).toMatchObject(refusedProof);
    expect(await confirmReset({ token })).toMatchObject({ status: 200 });
  });

  it('gets five tries of fifty at the same time', async () => {
    const { tryCode, code } = await startReset();
    const tried = await atOnce(50, (index) => tryCode(otherCode(code, index + 1)));
    expect(tried.every(({ status }) => status === 400)).toBe(true);
    expect(await attempts()).toBe(5);
    expect(await tryCode(code)).toMatchObject(refusedProof);
  });

  it('gets five tries of fifty at the same time with an access token too', async () => {
    const { register, verifyEmail, letter } = startAccounts();
    const { access } = tokensOf(await register());
    const code = codeOf(letter('verify_email'));
    const tried = await atOnce(50, (index) => verifyEmail({ code: otherCode(code, index + 1) }, access));
    expect(tried.every(({ status }) => status === 400)).toBe(true);
    expect(await sqlValue('SELECT attempts FROM challenges')).toBe(5);
    expect(await verifyEmail({ code }, access)).toMatchObject(refusedProof);
    expect(await verifyEmail({ token: tokenOf(letter('verify_email')) })).toMatchObject({ status: 200 });
  });

  it('lives for ten minutes, and as configured, while the link lives for an hour', async () => {
    const { tryCode, code, token, confirmReset, clock } = await startReset();
    clock.pass(600);
    expect(await tryCode(code)).toMatchObject(refusedProof);
    expect(await attempts(), 'is not in force').toBe(0);
    clock.pass(2999);
    expect(await confirmReset({ token })).toMatchObject({ status: 200 });
    const short = startAccounts({ env: { MAIL_CODE_TTL_SECONDS: '60' }, deps: { now: clock.now } });
    await short.askReset();
    const proof = { email: joe.email, code: codeOf(short.letter('reset_password')) };
    clock.pass(60);
    expect(await short.confirmReset(proof)).toMatchObject(refusedProof);
  });

  it('does not outlive the link, so that a later request sends another', async () => {
    const env = { PASSWORD_RESET_TTL_SECONDS: '60', MAIL_CODE_TTL_SECONDS: '3600' };
    const { register, askReset, confirmReset, letter, letters, clock } = startAccounts({ env });
    await register();
    await askReset();
    const { token, expiresInSeconds, code } = letter('reset_password').proof ?? {};
    expect({ expiresInSeconds, code }).toMatchObject({ expiresInSeconds: 60, code: { expiresInSeconds: 60 } });
    clock.pass(60);
    expect(await confirmReset({ token })).toMatchObject(refusedProof);
    expect(await confirmReset({ email: joe.email, code: code?.digits })).toMatchObject(refusedProof);
    await askReset();
    expect(letters.filter(({ name }) => name === 'reset_password')).toHaveLength(2);
    expect(await confirmReset({ token: tokenOf(letter('reset_password')) })).toMatchObject({ status: 200 });
  });

  it('belongs to one address', async () => {
    const { register, askReset, confirmReset, letter, code } = await startReset();
    await register({ ...joe, email: 'jane@gmail.com' });
    await askReset('jane@gmail.com');
    expect(await confirmReset({ email: 'jane@gmail.com', code })).toMatchObject(refusedProof);
    expect(
      await confirmReset({ email: joe.email, code: codeOf(letter('reset_password', 'jane@gmail.com')) }),
    ).toMatchObject(refusedProof);
    expect(await confirmReset({ email: 'nobody@gmail.com', code })).toMatchObject(refusedProof);
  });

  it('belongs to one purpose', async () => {
    const { access, tryCode, code, verifyEmail, letter } = await startReset();
    expect(await verifyEmail({ code }, access)).toMatchObject(refusedProof);
    expect(await tryCode(codeOf(letter('verify_email')))).toMatchObject(refusedProof);
    expect(await tryCode(code)).toMatchObject({ status: 200 });
  });

  it.each(['short', 'password', joe.email])(
    'loses no try to the new password %j, which nobody may have',
    async (bad) => {
      const { code, confirmReset } = await startReset();
      expect(await confirmReset({ email: joe.email, code }, bad)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', errors: [{ path: 'new_password' }] },
      });
      expect(await attempts()).toBe(0);
      expect(await confirmReset({ email: joe.email, code })).toMatchObject({ status: 200 });
    },
  );

  it('is refused in the same words whether the address is unknown, the code wrong, or the tries used up', async () => {
    const { tryCode, confirmReset, code } = await startReset();
    const answers = [await confirmReset({ email: 'nobody@gmail.com', code }), await tryCode(otherCode(code))];
    for (const by of [2, 3, 4, 5]) await tryCode(otherCode(code, by));
    answers.push(await tryCode(code));
    const seen = answers.map(({ status, body }) =>
      JSON.stringify([status, Object.keys(body), body['code'], body['message']]),
    );
    expect(new Set(seen).size).toBe(1);
  });
});

it('a copy of the database has neither tokens nor codes', async () => {
  const { token, code } = await startReset();
  const tables = ['challenges', 'outbox', 'mail_requests', 'users', 'sessions'];
  const rows = JSON.stringify(await Promise.all(tables.map((table) => sql(`SELECT * FROM ${table}`))));
  expect(rows).not.toContain(code);
  expect(rows).not.toContain(token.slice(37));
  expect(JSON.stringify(await sql('SELECT * FROM mail_requests'))).not.toMatch(/joe|gmail/);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { sql } from '../../support/database.ts';
import { addPasskeys, raiseSessions } from '../../support/stored-factors.ts';
import { startClock, tokensOf } from '../../support/service.ts';
import { challengeOf, stepUp } from '../../support/step-up.ts';

const clock = startClock();
const deps = { now: clock.now };
const service = startAdministration({ deps });
beforeEach(clock.round);

const list = (token?: string, { ask } = service) =>
  ask({ route: 'GET /admin/users', ...(token !== undefined && { token }) });

/** Registers joe, who is an administrator. */
async function registerAdmin() {
  await service.register();
  await sql('UPDATE users SET admin = 1');
  return tokensOf(await service.logIn());
}

/** The access token of the same session, with a second factor. */
async function raise(refreshToken: string, { refresh } = service): Promise<string> {
  await raiseSessions();
  return tokensOf(await refresh(refreshToken)).access;
}

describe('an administrator', () => {
  it('administers for ten minutes after an authentication', async () => {
    const { access } = await registerAdmin();
    clock.pass(600);
    expect(await list(access)).toMatchObject({ status: 200 });
    clock.pass(1);
    const response = await list(access);
    expect(response).toMatchObject(stepUp());
    expect(response.headers.get('www-authenticate')).toBe(challengeOf());
  });

  it('changes nothing with an authentication of before', async () => {
    const { access } = await registerAdmin();
    const { id } = await service.make();
    clock.pass(601);
    const change = { route: `PATCH /admin/users/${id}`, body: { disabled: true }, token: access };
    expect(await service.ask(change)).toMatchObject(stepUp());
    expect(await service.show(id)).toMatchObject({ disabled_on: null });
  });

  it('needs the second factor of the account', async () => {
    const { access, refresh } = await registerAdmin();
    await addPasskeys();
    expect(await list(access)).toMatchObject(stepUp('aal2'));
    expect(await list(await raise(refresh))).toMatchObject({ status: 200 });
  });

  it.each(['admins', 'required'])('needs one with SECOND_FACTOR=%s, also when the account has none', async (policy) => {
    const strict = startAdministration({ env: { SECOND_FACTOR: policy }, deps });
    const { access, refresh } = await registerAdmin();
    const response = await list(access, strict);
    expect(response).toMatchObject(stepUp('aal2'));
    expect(response.headers.get('www-authenticate')).toBe(challengeOf('aal2'));
    const raised = await raise(refresh, strict);
    expect(await list(raised, strict)).toMatchObject({ status: 200 });
    clock.pass(601);
    expect(await list(raised, strict)).toMatchObject(stepUp('aal2'));
  });
});

it('asks nobody to authenticate again who is no administrator', async () => {
  const { access } = tokensOf(await service.register());
  clock.pass(601);
  expect(await list(access)).toMatchObject({ status: 403, body: { code: 'admin_required' } });
});

it.each(['optional', 'admins', 'required'])('lets in an operator with SECOND_FACTOR=%s', async (policy) => {
  const strict = startAdministration({ env: { SECOND_FACTOR: policy }, deps });
  expect(await list(undefined, strict)).toMatchObject({ status: 200 });
});

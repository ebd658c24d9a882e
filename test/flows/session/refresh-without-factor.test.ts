import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '../../support/database.ts';
import { raiseSessions } from '../../support/stored-factors.ts';
import { startMachines } from '../../support/machines.ts';
import { invalid, startRefreshing } from '../../support/refreshing.ts';
import { startService, tokensOf } from '../../support/service.ts';

const { clock, deps, row, status, refresh, refreshForTokens, registerForTokens } = startRefreshing();
const startWith = (policy: string) => startService({ deps, env: { SECOND_FACTOR: policy } });
const [ofAdmins, ofAll] = [startWith('admins'), startWith('required')];
beforeEach(clock.round);

const makeAdmin = () => sql('UPDATE users SET admin = 1');

describe('a session without a second factor', () => {
  it('goes on as long as none is needed', async () => {
    const { refresh: token } = await registerForTokens();
    expect(await ofAdmins.refresh(token)).toMatchObject({ status: 200 });
    await makeAdmin();
    clock.pass(20);
    expect(await refresh(token)).toMatchObject({ status: 200 });
  });

  it('is not refreshed with SECOND_FACTOR=required', async () => {
    const { refresh: token } = await registerForTokens();
    expect(await ofAll.refresh(token)).toMatchObject(invalid);
  });

  it('is not refreshed with SECOND_FACTOR=admins when its user has become an administrator', async () => {
    const { refresh: token } = await registerForTokens();
    const { refresh: next } = tokensOf(await ofAdmins.refresh(token));
    await makeAdmin();
    expect(await ofAdmins.refresh(next)).toMatchObject(invalid);
  });

  it('stays as it is, however often its token comes, and goes on once it has a second factor', async () => {
    const { access, refresh: token } = await registerForTokens();
    clock.pass(20);
    const before = await row();
    for (let times = 0; times < 3; times += 1) {
      expect(await ofAll.refresh(token)).toMatchObject(invalid);
      clock.pass(20);
    }
    expect(await row()).toEqual(before);
    expect(await sql("SELECT type FROM events WHERE type LIKE 'refresh%'")).toEqual([]);
    expect(await status(access)).toMatchObject({ status: 200 });
    await raiseSessions();
    const { refresh: next } = tokensOf(await ofAll.refresh(token));
    clock.pass(20);
    expect(await ofAll.refresh(next)).toMatchObject({ status: 200 });
  });

  it('is not refreshed by a token of before, and not revoked by it either', async () => {
    const { refresh: first } = await registerForTokens();
    clock.pass(20);
    const { refresh: second } = await refreshForTokens(first);
    clock.pass(20);
    const { refresh: third } = await refreshForTokens(second);
    clock.pass(20);
    expect(await ofAll.refresh(first)).toMatchObject(invalid);
    expect(await refresh(third)).toMatchObject({ status: 200 });
  });

  it('is not refreshed at the token endpoint', async () => {
    const { refresh: token } = await registerForTokens();
    const { grantRefresh } = startMachines({ deps, env: { SECOND_FACTOR: 'required' } });
    expect(await grantRefresh(token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('a session with a second factor', () => {
  it.each(['admins', 'required'])('goes on with SECOND_FACTOR=%s', async (policy) => {
    const { refresh: token } = await registerForTokens();
    await makeAdmin();
    await raiseSessions();
    expect(await startWith(policy).refresh(token)).toMatchObject({ status: 200 });
  });

  it('is revoked by a reuse', async () => {
    const { access, refresh: first } = await registerForTokens();
    await raiseSessions();
    clock.pass(20);
    const { refresh: second } = tokensOf(await ofAll.refresh(first));
    clock.pass(20);
    await ofAll.refresh(second);
    clock.pass(20);
    expect(await ofAll.refresh(first)).toMatchObject(invalid);
    expect(await status(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });
});

describe('the log', () => {
  const lines: string[] = [];
  beforeEach(() => void vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line)));
  afterEach(() => vi.restoreAllMocks());

  it('says why a session without a second factor was not refreshed', async () => {
    const { refresh: token } = await registerForTokens();
    lines.length = 0;
    await ofAll.refresh(token);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { code: 'invalid_refresh_token', reason: 'a session without the second factor that its user needs' },
    ]);
  });
});

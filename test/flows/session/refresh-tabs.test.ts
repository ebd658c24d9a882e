import { beforeEach, describe, expect, it } from 'vitest';
import { tokensOf } from '../../support/service.ts';
import { invalid, startRefreshing } from '../../support/refreshing.ts';

const { logOut, refresh, status, ...refreshing } = startRefreshing();
const { clock, row, registerForTokens, refreshForTokens, refreshElsewhere } = refreshing;
beforeEach(clock.round);

describe('simultaneous refreshes', () => {
  it('with one token all get the same next token, and log nobody out', async () => {
    const { refresh: token } = await registerForTokens();
    const responses = await Promise.all(Array.from({ length: 50 }, () => refresh(token)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const tokens = responses.map(tokensOf);
    expect(new Set(tokens.map((each) => each.refresh)).size).toBe(1);
    expect(await row()).toMatchObject({ generation: 1, revoked_at: null });
    for (const { access } of tokens) expect(await status(access)).toMatchObject({ status: 200 });

    const newest = tokens[0]?.refresh ?? '';
    expect(await refresh(newest)).toMatchObject({ status: 200 });
    clock.pass(10);
    const { refresh: next } = await refreshForTokens(newest);
    expect(next).not.toBe(newest);
    expect(await refreshElsewhere(token)).toMatchObject(invalid);
    expect(await refresh(next)).toMatchObject(invalid);
  });

  it('never refuse tabs that share a token, repeat every request and never pause', async () => {
    let shared = (await registerForTokens()).refresh;
    const lineage = new Set<string>();
    const tab = async () => {
      for (let round = 0; round < 12; round += 1) {
        const token = shared;
        for (let attempt = 0; attempt < 3; attempt += 1) {
          const response = await refresh(token);
          expect(response.status).toBe(200);
          shared = tokensOf(response).refresh;
        }
        lineage.add(shared);
        clock.pass(0.5);
      }
    };
    await Promise.all(Array.from({ length: 8 }, tab));
    expect(lineage.size).toBeGreaterThan(3);
    expect(await row()).toMatchObject({ generation: lineage.size, revoked_at: null });
  });

  it('rotate a session once in a grace when it is older than the grace', async () => {
    const { refresh: first } = await registerForTokens();
    clock.pass(10);
    const { refresh: second } = await refreshForTokens(first);
    for (const token of [second, first, second]) expect((await refreshForTokens(token)).refresh).toBe(second);
    clock.pass(9.999);
    expect((await refreshForTokens(second)).refresh).toBe(second);
    clock.pass(0.001);
    const { refresh: third } = await refreshForTokens(second);
    expect(third).not.toBe(second);
    expect(await refresh(first)).toMatchObject(invalid);
    expect(await refresh(third)).toMatchObject(invalid);
  });

  it('rotate a young session once in a grace from the first repeated token on', async () => {
    const { refresh: first } = await registerForTokens();
    const { refresh: second } = await refreshForTokens(first);
    await refreshForTokens(first);
    expect((await refreshForTokens(second)).refresh).toBe(second);
    expect((await refreshForTokens(first)).refresh).toBe(second);
    clock.pass(9.999);
    expect((await refreshForTokens(second)).refresh).toBe(second);
    clock.pass(0.001);
    const { refresh: third } = await refreshForTokens(second);
    expect(third).not.toBe(second);
    for (const token of [third, third, second, third]) expect((await refreshForTokens(token)).refresh).toBe(third);
    clock.pass(10);
    expect((await refreshForTokens(third)).refresh).not.toBe(third);
    expect(await refresh(second)).toMatchObject(invalid);
  });

  it('do not refuse a late tab because the other tabs were quick', async () => {
    const { refresh: first } = await registerForTokens();
    await refreshForTokens(first);
    const { refresh: second } = await refreshForTokens(first);
    clock.pass(3600);
    const { refresh: third } = await refreshForTokens(second);
    await refreshForTokens(third);
    clock.pass(9);
    expect((await refreshForTokens(second)).refresh).toBe(third);
    expect(await refresh(third)).toMatchObject({ status: 200 });
  });

  it('leave a session revoked that is logged out at the same time', async () => {
    const { access, refresh: token } = await registerForTokens();
    const responses = await Promise.all([refresh(token), logOut(access), refresh(token)]);
    expect(responses[1]).toMatchObject({ status: 200 });
    const handedOut = [token, ...responses.flatMap(({ body }) => body['refresh_token'] ?? [])];
    for (const newest of handedOut) expect(await refresh(newest)).toMatchObject(invalid);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { invalid, startRefreshing } from '../../support/refreshing.ts';
import { tokensOf } from '../../support/service.ts';

const { call, post, register, clock } = startRefreshing();
beforeEach(clock.round);

const HOUR = 3600;
const DAY = 24 * HOUR;

const phone = { 'user-agent': 'phone' };

describe('a long session', () => {
  const begin = async (headers = phone) => {
    await register();
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const body = JSON.stringify({ email: 'joe@gmail.com', password: 'correct horse' });
    return tokensOf(await call('/auth/login', { ...init, body })).refresh;
  };
  const present = (token: string) => post('/auth/refresh', { refresh_token: token }, phone);

  it('survives on a phone that loses one response in twenty and comes back after hours', async () => {
    let token = await begin();
    let lostResponses = 0;
    for (let times = 1; times <= 200; times += 1) {
      clock.pass(HOUR * (1 + ((times * 7) % 9)));
      const response = await present(token);
      expect(response.status, `refresh ${times}`).toBe(200);
      if (times % 20 === 0) lostResponses += 1;
      else token = tokensOf(response).refresh;
    }
    expect(lostResponses).toBe(10);
  });

  it.each([
    ['at once', 60],
    ['a day later', DAY + 60],
    ['a fortnight later', 14 * DAY],
  ])(
    'reveals at the second refresh, %s, a thief who has an old token and looks like the owner',
    async (_, patience) => {
      const first = await begin();
      clock.pass(HOUR);
      const owner = tokensOf(await present(first)).refresh;
      clock.pass(HOUR);
      const thief = tokensOf(await present(first)).refresh;
      expect(thief, 'the owner has not presented it yet').toBe(owner);
      clock.pass(patience);
      await present(owner);
      clock.pass(patience);
      expect(await present(thief)).toMatchObject(invalid);
      expect(await present(owner)).toMatchObject(invalid);
    },
  );

  it('reveals a thief who refreshes first as soon as the owner refreshes, however late', async () => {
    const first = await begin();
    clock.pass(HOUR);
    const owner = tokensOf(await present(first)).refresh;
    clock.pass(HOUR);
    const thief = tokensOf(await present(first)).refresh;
    clock.pass(HOUR);
    const next = tokensOf(await present(thief)).refresh;
    clock.pass(10 * DAY);
    expect(await present(owner)).toMatchObject(invalid);
    expect(await present(next)).toMatchObject(invalid);
  });

  it('reveals a thief with the current token once thief and owner have each refreshed twice', async () => {
    for (const second of ['thief', 'owner'] as const) {
      const email = `${second}@example.org`;
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...phone } };
      const body = JSON.stringify({ email, password: 'correct horse' });
      const stolen = tokensOf(await call('/auth/register', { ...init, body })).refresh;
      clock.pass(HOUR);
      const thief = tokensOf(await present(stolen)).refresh;
      clock.pass(HOUR);
      const owner = tokensOf(await present(stolen)).refresh;
      expect(owner, 'forgiven').toBe(thief);
      clock.pass(second === 'thief' ? HOUR : 2 * DAY);
      expect(await present(owner)).toMatchObject({ status: 200 });
      clock.pass(2 * DAY);
      expect(await present(thief), 'the same token, presented by the other').toMatchObject(invalid);
    }
  });

  it('reveals a thief who follows within the grace at first and is late afterwards', async () => {
    const first = await begin();
    clock.pass(HOUR);
    const owner = tokensOf(await present(first)).refresh;
    clock.pass(5);
    const thief = tokensOf(await present(first)).refresh;
    clock.pass(HOUR);
    const next = tokensOf(await present(owner)).refresh;
    clock.pass(HOUR);
    expect(await present(thief)).toMatchObject(invalid);
    expect(await present(next)).toMatchObject(invalid);
  });

  it('does not reveal a thief who follows every refresh of the owner within the grace', async () => {
    let owner = await begin();
    for (let times = 0; times < 20; times += 1) {
      clock.pass(HOUR);
      const stolen = owner;
      owner = tokensOf(await present(owner)).refresh;
      clock.pass(9);
      expect(tokensOf(await present(stolen)).refresh).toBe(owner);
    }
    expect(await present(owner)).toMatchObject({ status: 200 });
  });
});

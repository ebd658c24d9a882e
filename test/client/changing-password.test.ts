import type { Store } from 'latchkey-client';
import { describe, expect, it } from 'vitest';
import { type Fault, lose, refusal, respond, sharedStore, startNetwork } from '../support/client.ts';
import { sql } from '../support/database.ts';
import { joe } from '../support/service.ts';

const jane = { email: 'jane@gmail.com', password: 'correct battery' };
const newPassword = 'another horse';
const change = { currentPassword: joe.password, newPassword };
const CHANGE = 'POST /auth/password';

const live = () => sql('SELECT id FROM sessions WHERE revoked_at IS NULL');

/** Two tabs without locks, logged in as Joe. `during` says what one does while the next response is on its way. */
async function openTabs(store: Store = sharedStore()) {
  const network = startNetwork();
  const [here, there] = [network.open(store), network.open(store)];
  await network.open().register(jane);
  await here.register(joe);
  network.paths.length = 0;
  const during =
    (meanwhile: () => Promise<unknown>): Fault =>
    async (_, ask) => {
      const response = await ask();
      await meanwhile();
      return response;
    };
  return { ...network, here, there, store, during };
}

describe('a change of the password', () => {
  it('ends all sessions, and this client and its tabs go on in a new one', async () => {
    const { here, there, open } = await openTabs();
    const elsewhere = open();
    await elsewhere.logIn(joe);
    const heard: unknown[] = [];
    there.onChange((login) => heard.push(login?.sessionId));
    await there.user();
    await here.changePassword(change);
    expect(await elsewhere.user()).toBeUndefined();
    for (const tab of [here, there]) expect((await tab.user())?.email).toBe(joe.email);
    const [own] = await there.sessions();
    expect(heard).toEqual([own?.id]);
    expect(own?.current).toBe(true);
  });

  it('refreshes an access token that is due before it', async () => {
    const { here, store, paths } = await openTabs();
    if ('text' in store) store.text = String(store.text).replace(/"dueAt":[\d.]+/, '"dueAt":0');
    await here.changePassword(change);
    expect(paths).toEqual(['POST /auth/refresh', CHANGE]);
  });

  it('refreshes an access token that is refused, and asks again', async () => {
    const { here, paths, meet } = await openTabs();
    meet(respond(401, refusal('expired_token')), () => undefined);
    await here.changePassword(change);
    expect(paths).toEqual([CHANGE, 'POST /auth/refresh', CHANGE]);
    expect((await here.user())?.email).toBe(joe.email);
  });

  it('keeps the login when the current password is wrong', async () => {
    const { here, meet, paths } = await openTabs();
    meet(respond(403, refusal('wrong_password')));
    await expect(here.changePassword(change)).rejects.toMatchObject({ code: 'wrong_password', status: 403 });
    expect(paths).toEqual([CHANGE]);
    expect((await here.user())?.email).toBe(joe.email);
  });

  it('lets calls and refreshes that come meanwhile go on in the new session', async () => {
    const { here, meet, count, during } = await openTabs();
    const calls: Promise<unknown>[] = [];
    meet(during(async () => void calls.push(here.user(), here.sessions(), here.refresh())));
    await here.changePassword(change);
    expect(await Promise.all(calls)).toMatchObject([{ email: joe.email }, [{ current: true }], undefined]);
    expect(count('POST /auth/refresh')).toBe(0);
  });

  it('waits for a refresh that is under way', async () => {
    const { here, paths } = await openTabs();
    await Promise.all([here.refresh(), here.changePassword(change)]);
    expect(paths).toEqual(['POST /auth/refresh', CHANGE]);
    expect((await here.user())?.email).toBe(joe.email);
  });
});

describe('a change of the password, in tabs without locks', () => {
  it('outlives a refresh of another tab that comes first and is over first', async () => {
    const { here, there, meet } = await openTabs();
    meet(async (_, ask) => {
      await there.refresh();
      return ask();
    });
    await here.changePassword(change);
    for (const tab of [here, there]) expect((await tab.user())?.email).toBe(joe.email);
  });

  it('outlives a refresh of another tab that is over last', async () => {
    const { here, there, meet } = await openTabs();
    meet(async (_, ask) => {
      const response = await ask();
      await here.changePassword(change);
      return response;
    });
    await there.refresh();
    for (const tab of [here, there]) expect((await tab.user())?.email).toBe(joe.email);
  });

  it('outlives a refresh of another tab that is refused for it', async () => {
    const { here, there, meet, during } = await openTabs();
    meet(
      during(async () => {
        await expect(there.refresh()).rejects.toMatchObject({ code: 'not_logged_in' });
      }),
    );
    await here.changePassword(change);
    for (const tab of [here, there]) expect((await tab.user())?.email).toBe(joe.email);
  });

  it('leaves the login of somebody else who has logged in meanwhile', async () => {
    const { here, there, meet, during } = await openTabs();
    meet(during(() => there.logIn(jane)));
    await here.changePassword(change);
    for (const tab of [here, there]) expect((await tab.user())?.email).toBe(jane.email);
  });

  it('is not made in the name of somebody else who has logged in', async () => {
    const { here, there, meet, paths } = await openTabs();
    meet(async () => {
      await there.logIn(jane);
      return respond(401, refusal('revoked_token'))();
    });
    await expect(here.changePassword(change)).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(paths.filter((path) => path === CHANGE)).toHaveLength(1);
  });
});

it('changes the password of nobody who has logged in while it waited for its turn', async () => {
  const store = sharedStore();
  const { here, paths } = await openTabs(store);
  const { set } = store;
  const outcomes: Promise<unknown>[] = [];
  store.set = (text) => {
    outcomes.push(here.changePassword(change).catch((error: unknown) => error));
    store.set = set;
    // The change has found Joe before Jane takes his place.
    return new Promise((resolve) => setTimeout(() => resolve(set.call(store, text)), 20));
  };
  await here.logIn(jane);
  expect(await Promise.all(outcomes)).toMatchObject([{ code: 'not_logged_in' }]);
  expect(paths).not.toContain(CHANGE);
});

describe('a change of the password whose response is lost', () => {
  it('is made again when the request was lost', async () => {
    const { here, meet } = await openTabs();
    meet(() => lose(respond(503, {})));
    await here.changePassword(change);
    expect((await here.user())?.email).toBe(joe.email);
  });

  it('is said to be perhaps done when the session is over, and the login is over too', async () => {
    const { here, meet, store } = await openTabs();
    meet((_, ask) => lose(ask));
    await expect(here.changePassword(change)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await here.user()).toBeUndefined();
    expect(await store.get()).toBeUndefined();
  });
});

it('ends the session after a change of the password when it cannot be kept', async () => {
  const store = sharedStore();
  const { here } = await openTabs(store);
  store.set = () => {
    throw new DOMException('The quota is exceeded.', 'QuotaExceededError');
  };
  await expect(here.changePassword(change)).rejects.toMatchObject({ code: 'store_failed' });
  await expect.poll(async () => (await live()).length).toBe(1);
});

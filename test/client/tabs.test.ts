import { describe, expect, it } from 'vitest';
import { sharedStore, startNetwork } from '../support/client.ts';
import { sql } from '../support/database.ts';
import { joe } from '../support/service.ts';

const jane = { email: 'jane@gmail.com', password: 'correct battery' };

/** Two tabs without locks, logged in as Joe. `during` says what one does while the next response is on its way. */
async function openTabs() {
  const { open, meet } = startNetwork();
  const store = sharedStore();
  const [here, there] = [open(store), open(store)];
  await open().register(jane);
  await here.register(joe);
  const during = (meanwhile: () => Promise<unknown>) =>
    meet(async (_, ask) => {
      const response = await ask();
      await meanwhile();
      return response;
    });
  return { here, there, store, during };
}

describe('two tabs without locks', () => {
  it('keep the login of the one while the refresh of the other is refused', async () => {
    const { here, there, during } = await openTabs();
    await sql('UPDATE sessions SET revoked_at = 1');
    during(() => there.logIn(jane));
    await here.refresh();
    expect((await here.user())?.email).toBe(jane.email);
    expect((await there.user())?.email).toBe(jane.email);
  });

  it('stay logged out when a refresh was under way', async () => {
    const { here, there, store, during } = await openTabs();
    during(() => there.logOut());
    await expect(here.refresh()).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(store.text).toBeUndefined();
  });

  it('show who is logged in now, and not whom a late response tells of', async () => {
    const { here, there, during } = await openTabs();
    during(() => there.logOut());
    expect(await here.user()).toBeUndefined();
    await there.logIn(joe);
    during(() => there.logIn(jane));
    expect((await here.user())?.email).toBe(jane.email);
  });
});

it('does not call a listener that another one has ended', async () => {
  const latchkey = startNetwork().open();
  const heard: string[] = [];
  const ends: (() => void)[] = [];
  latchkey.onChange(() => {
    heard.push('first');
    for (const end of ends) end();
  });
  ends.push(latchkey.onChange(() => heard.push('second')));
  await latchkey.user();
  await latchkey.register(joe);
  await latchkey.user();
  expect(heard).toEqual(['first']);
});

it('tells a page of the first login, also if it has asked for nothing before', async () => {
  const { open } = startNetwork();
  const store = sharedStore();
  const [here, there] = [open(store), open(store)];
  const heard: unknown[] = [];
  here.onChange((login) => heard.push(login?.userId));
  await there.register(joe);
  const id = (await here.user())?.user_id;
  expect(heard).toEqual([id]);
});

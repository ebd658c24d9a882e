import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { meet } from './faults.ts';
import { changeStored, waitForStored } from './stored.ts';
import { newUser, withVisit } from './visit.ts';

export const tabsTests: BrowserTest[] = [
  {
    title: 'a tab hears once of each login and logout in another tab',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe }) => {
        const [first, second] = [await openProbe(), await openProbe()];
        const expected: string[] = [];
        for (const user of [newUser(), newUser()]) {
          await first.evaluate((user) => latchkey.register(user), user);
          expected.push((await first.evaluate(() => latchkey.user()))?.user_id ?? '');
          await second.waitForFunction((length) => changes.length === length, expected.length);
          await first.evaluate(() => latchkey.refresh());
          await first.evaluate(() => latchkey.logOut());
          expected.push('none');
          await second.waitForFunction((length) => changes.length === length, expected.length);
        }
        for (const tab of [first, second]) assert.deepEqual(await tab.evaluate(() => changes), expected);
      }),
  },
  {
    title: 'a tab goes on when another one is closed in the middle of a refresh',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, count }) => {
        const [first, second] = [await openProbe(), await openProbe()];
        const user = newUser();
        await first.evaluate((user) => latchkey.register(user), user);
        const isReached = Promise.withResolvers<void>();
        await meet(context, '/auth/refresh', async (route) => {
          await route.fetch();
          isReached.resolve();
        });
        await changeStored(first, { dueAt: 0 });
        await waitForStored(second, { dueAt: 0 });
        await first.evaluate(() => void latchkey.user());
        await isReached.promise;
        const waiting = second.evaluate(() => latchkey.user());
        await first.close();
        assert.equal((await waiting)?.email, user.email);
        assert.equal(count('POST /auth/refresh'), 2);
      }),
  },
  {
    title: 'a page that comes back from the back/forward cache learns that nobody is logged in any more',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe }) => {
        const page = await openProbe();
        await page.evaluate((user) => latchkey.register(user), newUser());
        // The page that changes the store gets no event `storage`, as a page in the cache does not.
        await page.evaluate(() => {
          localStorage.removeItem('latchkey');
          dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        });
        await page.waitForFunction(() => changes.at(-1) === 'none');
      }),
  },
];

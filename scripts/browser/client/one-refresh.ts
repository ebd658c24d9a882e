import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { startService } from '../../harness/service.ts';
import type { BrowserTest } from '../test-case.ts';
import { meet } from './faults.ts';
import { changeStored, waitForStored } from './stored.ts';
import { newUser, withVisit } from './visit.ts';

const REFRESH = 'POST /auth/refresh';
const FAR_FUTURE = 9e15;

const startCalls = (tab: Page) =>
  tab.evaluate(() => {
    globalThis.calls = Promise.all([1, 2, 3].map(() => outcomeOf(latchkey.user().then((user) => user?.email))));
  });

/**
 * Who each of three simultaneous calls in each tab finds, without repetition. The first refresh waits until all calls
 * are under way.
 */
async function callTogether(context: BrowserContext, tabs: Page[]): Promise<unknown[]> {
  const allAsk = Promise.withResolvers<void>();
  await meet(context, '/auth/refresh', async (route) => {
    await allAsk.promise;
    await route.fallback();
  });
  for (const tab of tabs) await startCalls(tab);
  allAsk.resolve();
  const outcomes = await Promise.all(tabs.map((tab) => tab.evaluate(() => calls)));
  return [...new Set(outcomes.flat().map(({ value, code }) => value ?? code))];
}

export const oneRefreshTests: BrowserTest[] = [
  {
    title: 'two tabs make one refresh for all their calls when the access token is due',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, count }) => {
        const [first, second] = [await openProbe(), await openProbe()];
        const user = newUser();
        await first.evaluate((user) => latchkey.register(user), user);
        for (const times of [1, 2, 3]) {
          await changeStored(first, { dueAt: 0 });
          await waitForStored(second, { dueAt: 0 });
          assert.deepEqual(await callTogether(context, [first, second]), [user.email]);
          assert.equal(count(REFRESH), times);
        }
      }),
  },
  {
    title: 'two tabs make one refresh for all their calls when the access token has expired',
    run: async (surroundings) => {
      const state = join(surroundings.state, 'short-lives');
      const service = await startService({ state, isQuiet: true }, '--var', 'ACCESS_TOKEN_TTL_SECONDS:8');
      await withVisit(surroundings, async ({ context, openProbe, count }) => {
        const at = service.url;
        const [first, second] = [await openProbe({ at }), await openProbe({ at })];
        const user = newUser();
        await first.evaluate((user) => latchkey.register(user), user);
        // As if the clock of the device had been set back.
        await changeStored(first, { dueAt: FAR_FUTURE });
        await waitForStored(second, { dueAt: FAR_FUTURE });
        const token = await first.evaluate(() => latchkey.accessToken());
        const headers = { Authorization: `Bearer ${token}` };
        while ((await context.request.get(`${at}/auth/status`, { headers })).ok()) await first.waitForTimeout(200);
        assert.deepEqual(await callTogether(context, [first, second]), [user.email]);
        assert.equal(count(REFRESH), 1);
      });
      await service.stop();
    },
  },
];

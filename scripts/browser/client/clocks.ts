import assert from 'node:assert/strict';
import type { BrowserTest, Surroundings } from '../test-case.ts';
import { newUser, withVisit } from './visit.ts';

const HOUR_MS = 3_600_000;

export const clocksTests: BrowserTest[] = [
  {
    title: 'a page that has slept for an hour or a day makes one refresh and goes on',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, count }) => {
        await context.clock.install();
        const page = await openProbe();
        const user = newUser();
        await page.evaluate((user) => latchkey.register(user), user);
        let refreshes = 0;
        for (const hours of [1, 24]) {
          await context.clock.fastForward(hours * HOUR_MS);
          const users = await page.evaluate(() => Promise.all([latchkey.user(), latchkey.user()]));
          for (const found of users) assert.equal(found?.email, user.email);
          refreshes += 1;
          assert.equal(count('POST /auth/refresh'), refreshes);
        }
      }),
  },
  ...[-5, 5].map((hours) => ({
    title: `a device whose clock is ${Math.abs(hours)} hours ${hours < 0 ? 'slow' : 'fast'} works as any other`,
    run: (surroundings: Surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, requests }) => {
        await context.clock.setSystemTime(Date.now() + hours * HOUR_MS);
        const page = await openProbe();
        const user = newUser();
        await page.evaluate((user) => latchkey.register(user), user);
        await page.reload();
        await page.waitForFunction(() => 'latchkey' in globalThis);
        assert.equal((await page.evaluate(() => latchkey.user()))?.email, user.email);
        assert.deepEqual(requests, ['POST /auth/register', 'GET /auth/status']);
        await page.evaluate(() => latchkey.logOut());
      }),
  })),
];

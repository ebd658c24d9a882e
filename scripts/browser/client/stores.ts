import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../test-case.ts';
import { changeStored } from './stored.ts';
import { newUser, withVisit } from './visit.ts';

const user = (page: Page) => page.evaluate(() => outcomeOf(latchkey.user()));
const stored = (page: Page) => page.evaluate(() => localStorage.getItem('latchkey'));

export const storesTests: BrowserTest[] = [
  {
    title: 'a store that holds something else means that nobody is logged in, and costs no request',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe, requests }) => {
        const page = await openProbe();
        for (const text of ['', 'null', '{"dueAt":', '{"url":"x"}', '[]', '\u0000'.repeat(1000)]) {
          await page.evaluate((text) => localStorage.setItem('latchkey', text), text);
          assert.deepEqual(await user(page), {});
        }
        assert.deepEqual(requests, []);
      }),
  },
  {
    title: 'a store that holds the login of another Latchkey does not give it away',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe, requests }) => {
        const page = await openProbe();
        await page.evaluate((user) => latchkey.register(user), newUser());
        await changeStored(page, { url: 'https://auth.example.org' });
        requests.length = 0;
        assert.deepEqual(await user(page), {});
        assert.deepEqual(requests, []);
      }),
  },
  {
    title: 'a store that holds a login which is over is emptied after one request',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe, requests }) => {
        const page = await openProbe();
        await page.evaluate((user) => latchkey.register(user), newUser());
        await changeStored(page, { dueAt: 0, refreshToken: 'not-one-of-this-service' });
        requests.length = 0;
        assert.deepEqual(await user(page), {});
        assert.deepEqual(requests, ['POST /auth/refresh']);
        assert.equal(await stored(page), null);
        assert.deepEqual(await page.evaluate(() => outcomeOf(latchkey.sessions())), { code: 'not_logged_in' });
        assert.equal(requests.length, 1);
      }),
  },
  {
    title: 'the store in memory leaves nothing on the device, and a reload logs out',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe }) => {
        const page = await openProbe({ store: 'memory' });
        const joe = newUser();
        await page.evaluate((joe) => latchkey.register(joe), joe);
        assert.equal((await page.evaluate(() => latchkey.user()))?.email, joe.email);
        assert.equal(await page.evaluate(() => localStorage.length), 0);
        await page.reload();
        await page.waitForFunction(() => 'latchkey' in globalThis);
        assert.deepEqual(await user(page), {});
      }),
  },
];

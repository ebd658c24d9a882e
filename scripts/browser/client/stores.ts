import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { createClient } from '../../harness/http-client.ts';
import type { BrowserTest } from '../test-case.ts';
import { changeStored } from './stored.ts';
import { newUser, withVisit } from './visit.ts';

const user = (page: Page) => page.evaluate(() => outcomeOf(latchkey.user()));
const stored = (page: Page) => page.evaluate(() => localStorage.getItem('latchkey'));

/** What a browser may do to a page that it lets keep nothing. */
const breakages: Record<string, () => void> = {
  'cannot be written': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  },
  'cannot be read': () => {
    Storage.prototype.getItem = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  },
  'is not there': () => {
    Object.defineProperty(globalThis, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  },
};

export const storesTests: BrowserTest[] = [
  ...Object.entries(breakages).map(([what, breakIt]) => ({
    title: `a store that ${what} is an error, and the session that nobody keeps is ended`,
    run: (surroundings: Parameters<BrowserTest['run']>[0]) =>
      withVisit(surroundings, async ({ context, openProbe, requests }) => {
        const joe = newUser();
        const client = createClient(surroundings.url);
        await client.register(joe);
        await context.addInitScript(breakIt);
        const page = await openProbe();
        const isEnded = page.waitForResponse(/\/auth\/logout$/);
        assert.deepEqual(await page.evaluate((joe) => outcomeOf(latchkey.logIn(joe)), joe), { code: 'store_failed' });
        assert.equal((await isEnded).status(), 200);
        const { accessToken } = await client.logIn(joe);
        const { body } = await client.get('/auth/sessions', accessToken);
        // That of the registration, and this one.
        assert.equal(Array.isArray(body['data']) && body['data'].length, 2);
        assert.deepEqual(requests, ['POST /auth/login', 'POST /auth/logout']);
      }),
  })),
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

import assert from 'node:assert/strict';
import { createClient } from '../../harness/http-client.ts';
import type { BrowserTest, Surroundings } from '../test-case.ts';
import { newUser, withVisit } from './visit.ts';

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

export const brokenStoresTests = Object.entries(breakages).map(([what, breakIt]): BrowserTest => ({
  title: `a store that ${what} is an error, and the session that nobody keeps is ended`,
  run: (surroundings: Surroundings) =>
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
}));

import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { lose, meet, refuse } from './faults.ts';
import { newUser, withVisit } from './visit.ts';

const busy = refuse(503, 'storage_unavailable', 1);

export const lostResponsesTests: BrowserTest[] = [
  {
    title: 'a registration, a login, a refresh and a logout succeed when their responses are lost',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, requests }) => {
        const page = await openProbe();
        const user = newUser();
        for (const path of ['register', 'login', 'refresh', 'logout']) await meet(context, `/auth/${path}`, lose);
        await page.evaluate((user) => latchkey.register(user), user);
        await page.evaluate(() => latchkey.refresh());
        await page.evaluate(() => latchkey.logOut());
        // The first one was lost in the registration, whose repeat logs in.
        await meet(context, '/auth/login', lose);
        await page.evaluate((user) => latchkey.logIn(user), user);
        assert.equal((await page.evaluate(() => latchkey.user()))?.email, user.email);
        const [register, login] = ['POST /auth/register', 'POST /auth/login'];
        const twice = (request: string) => [request, request];
        assert.deepEqual(requests, [
          register,
          register,
          login,
          register,
          login,
          ...['POST /auth/refresh', 'POST /auth/logout', login].flatMap(twice),
          'GET /auth/status',
        ]);
      }),
  },
  {
    title: 'a refresh succeeds after a lost response and a 503, and nobody is logged out',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, count }) => {
        const [first, second] = [await openProbe(), await openProbe()];
        const user = newUser();
        await first.evaluate((user) => latchkey.register(user), user);
        await meet(context, '/auth/refresh', lose, busy);
        await first.evaluate(() => latchkey.refresh());
        assert.equal(count('POST /auth/refresh'), 3);
        for (const tab of [second, first]) {
          await tab.evaluate(() => latchkey.refresh());
          assert.equal((await tab.evaluate(() => latchkey.user()))?.email, user.email);
        }
      }),
  },
  {
    title: 'a refresh that stays without a response is an error, and nobody is logged out',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, count }) => {
        const page = await openProbe();
        await page.evaluate((user) => latchkey.register(user), newUser());
        await meet(context, '/auth/refresh', lose, lose, lose);
        const outcome = await page.evaluate(() => outcomeOf(latchkey.refresh()));
        assert.deepEqual(outcome, { code: 'unreachable' });
        assert.equal(count('POST /auth/refresh'), 3);
        assert.deepEqual(await page.evaluate(() => outcomeOf(latchkey.refresh())), {});
      }),
  },
  {
    title: 'a 429 is an error after one request',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, count }) => {
        const page = await openProbe();
        const user = newUser();
        const limit = refuse(429, 'too_many_requests', 60);
        const expected = { code: 'too_many_requests', status: 429, retryAfterSeconds: 60 };
        await page.evaluate((user) => latchkey.register(user), user);
        for (const path of ['login', 'refresh', 'status']) await meet(context, `/auth/${path}`, limit);
        assert.deepEqual(await page.evaluate((user) => outcomeOf(latchkey.logIn(user)), user), expected);
        assert.deepEqual(await page.evaluate(() => outcomeOf(latchkey.refresh())), expected);
        assert.deepEqual(await page.evaluate(() => outcomeOf(latchkey.user())), expected);
        for (const request of ['POST /auth/login', 'POST /auth/refresh', 'GET /auth/status']) {
          assert.equal(count(request), 1);
        }
        assert.equal((await page.evaluate(() => latchkey.user()))?.email, user.email);
      }),
  },
];

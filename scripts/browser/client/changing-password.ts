import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { lose, meet } from './faults.ts';
import { changeStored, waitForStored } from './stored.ts';
import { newUser, withVisit } from './visit.ts';

const NEW_PASSWORD = '654321';

export const changingPasswordTests: BrowserTest[] = [
  {
    title: 'two tabs go on in one new session when one changes the password while the other is about to refresh',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe, count }) => {
        const [first, second] = [await openProbe(), await openProbe()];
        const { email, password } = newUser();
        await first.evaluate((user) => latchkey.register(user), { email, password });
        const [isAsked, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
        await meet(context, '/auth/password', async (route) => {
          isAsked.resolve();
          await mayGo.promise;
          await route.fallback();
        });
        const passwords = { currentPassword: password, newPassword: NEW_PASSWORD };
        const changing = first.evaluate((passwords) => latchkey.changePassword(passwords), passwords);
        await isAsked.promise;
        await changeStored(first, { dueAt: 0 });
        await waitForStored(second, { dueAt: 0 });
        const waiting = second.evaluate(() => latchkey.user());
        mayGo.resolve();
        await changing;
        assert.equal((await waiting)?.email, email);
        assert.equal(count('POST /auth/refresh'), 0);
        const lists = await Promise.all([first, second].map((tab) => tab.evaluate(() => latchkey.sessions())));
        for (const sessions of lists) assert.deepEqual(sessions, lists[0]);
        assert.deepEqual(
          lists[0]?.map(({ current }) => current),
          [true],
        );
      }),
  },
  {
    title: 'a change of the password whose response is lost is called unsure, and the new password logs in',
    run: (surroundings) =>
      withVisit(surroundings, async ({ context, openProbe }) => {
        const page = await openProbe();
        const { email, password } = newUser();
        await page.evaluate((user) => latchkey.register(user), { email, password });
        await meet(context, '/auth/password', lose);
        const passwords = { currentPassword: password, newPassword: NEW_PASSWORD };
        const outcome = await page.evaluate((passwords) => outcomeOf(latchkey.changePassword(passwords)), passwords);
        assert.deepEqual(outcome, { code: 'unreachable' });
        assert.equal(await page.evaluate(() => latchkey.user()), undefined);
        await page.evaluate((user) => latchkey.logIn(user), { email, password: NEW_PASSWORD });
        assert.equal((await page.evaluate(() => latchkey.user()))?.email, email);
      }),
  },
];

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { addAuthenticator } from '../authenticator.ts';
import type { BrowserTest } from '../test-case.ts';
import { newUser, withVisit } from './visit.ts';

/** The URL of a service that takes passkeys of pages at the origin of `page`. */
async function startFor(page: Page, startAnother: (...flags: string[]) => Promise<{ url: string }>): Promise<string> {
  const { url } = await startAnother('--var', `PASSKEY_ORIGINS:${new URL(page.url()).origin}`);
  return url;
}

const acrOf = async () => {
  const payload = (await latchkey.accessToken())?.split('.')[1] ?? '';
  return /"acr":"(\w+)"/.exec(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))?.[1];
};

export const passkeysTests: BrowserTest[] = [
  {
    title: 'a page adds a passkey, and logs in with it alone, in a form, and after the password',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe }) => {
        const at = await startFor(await openProbe(), surroundings.startAnother);
        const page = await openProbe({ at });
        await addAuthenticator(page);
        const user = newUser();
        await page.evaluate((user) => latchkey.register(user), user);
        const { recoveryCodes } = await page.evaluate(() => latchkey.addPasskey({ name: 'Laptop' }));
        assert.equal(recoveryCodes?.length, 10);
        assert.equal(await page.evaluate(acrOf), 'aal2');
        const again = await page.evaluate(() => outcomeOf(latchkey.addPasskey()));
        assert.deepEqual(again, { code: 'passkey_taken' });
        for (const conditional of [false, true]) {
          await page.evaluate(() => latchkey.logOut());
          await page.evaluate((conditional) => latchkey.logInWithPasskey({ conditional }), conditional);
          assert.equal((await page.evaluate(() => latchkey.user()))?.email, user.email);
        }
        await page.evaluate(() => latchkey.logOut());
        await page.evaluate(
          (user) =>
            latchkey
              .logIn(user)
              .catch((error: { challenge: Parameters<typeof latchkey.logInWithFactor>[0] }) =>
                latchkey.logInWithFactor(error.challenge, { passkey: true }),
              ),
          user,
        );
        assert.equal(await page.evaluate(acrOf), 'aal2');
        await page.evaluate(() => latchkey.reauthenticate({ passkey: true }));
        const { passkeys } = await page.evaluate(() => latchkey.factors());
        assert.deepEqual(
          passkeys.map(({ name }) => name),
          ['Laptop'],
        );
      }),
  },
  {
    title: 'a form gives up to wait for a passkey when somebody logs in with a password',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openProbe }) => {
        const page = await openProbe();
        const user = newUser();
        await page.evaluate((user) => latchkey.register(user), user);
        await page.evaluate(() => latchkey.logOut());
        await page.evaluate(() => {
          globalThis.calls = outcomeOf(latchkey.logInWithPasskey({ conditional: true })).then((outcome) => [outcome]);
        });
        await page.waitForTimeout(500);
        await page.evaluate((user) => latchkey.logIn(user), user);
        assert.deepEqual(await page.evaluate(() => calls), [{ code: 'passkey_cancelled' }]);
      }),
  },
];

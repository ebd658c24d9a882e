import assert from 'node:assert/strict';
import { setUpAppElsewhere } from '../../playground/factor-scene.ts';
import type { BrowserTest } from '../../test-case.ts';
import { call, newEmail } from '../people.ts';
import { fill, PASSWORD, press, see, seeProblem } from '../scene.ts';
import { onBoth } from './place.ts';
import { keepCodes, seeHome, seeTitle, setUpApp, setUpPasskey, typePassword, withAccount } from './scene.ts';
import { ageLogins, waitLong } from './time.ts';

const AGAIN = 'Show that it is you';

export const provesAgain = onBoth(
  'the page for second factors asks who it is once more when the login is long ago, and then does what was asked',
  (place) =>
    withAccount(place, async ({ page, email }) => {
      await page.clock.install();
      await typePassword(page, email, PASSWORD);
      await seeHome(page);
      await waitLong(page, place, email);
      await press(page, 'Set up an app');
      await seeTitle(page, AGAIN);
      await press(page, 'Back');
      await seeHome(page);
      await press(page, 'Set up an app');
      await seeTitle(page, AGAIN);
      await fill(page, 'Password', 'a wrong password');
      await press(page, 'Continue');
      await seeProblem(page, 'password', 'The password is wrong.');
      await fill(page, 'Password', PASSWORD);
      await press(page, 'Continue');
      await seeTitle(page, 'Set up an authenticator app');
      await press(page, 'Back');

      await setUpPasskey(page, 'My phone');
      await keepCodes(page);
      await waitLong(page, place, email);
      await press(page, 'Rename');
      await fill(page, 'Name', 'My other phone');
      await press(page, 'Rename the passkey');
      await seeTitle(page, AGAIN);
      await page.locator('#intro', { hasText: 'Your login is some time ago.' }).waitFor();
      await press(page, 'Use a passkey');
      await seeHome(page);
      await see(page, 'The passkey has a new name.');
      await page.locator('#passkeys li', { hasText: 'My other phone' }).waitFor();
    }),
);

export const missesFactor: BrowserTest = {
  title: 'the page for second factors says that the login has not shown a factor that was set up elsewhere meanwhile',
  run: (place) =>
    withAccount(place, async ({ page, email }) => {
      await typePassword(page, email, PASSWORD);
      await seeHome(page);
      const nextCode = await setUpAppElsewhere(place.url, email, PASSWORD);
      await press(page, 'Set up a passkey');
      await fill(page, 'Name', 'My phone');
      await press(page, 'Make the passkey');
      await seeTitle(page, AGAIN);
      await page.locator('#intro', { hasText: 'Your account has a second factor by now' }).waitFor();
      await fill(page, 'Code from your authenticator app', await nextCode());
      await press(page, 'Continue');
      await seeHome(page);
    }),
};

export const changesAddress = onBoth(
  'somebody with a second factor who logged in long ago proves again who it is before the address changes',
  (place) =>
    withAccount(place, async ({ page, email }) => {
      const { url } = place;
      await typePassword(page, email, PASSWORD);
      const nextCode = await setUpApp(page);
      await keepCodes(page);

      const { challenge_token } = await call(url, '/auth/login', { body: { email, password: PASSWORD } });
      const begun = await call(url, '/auth/login/factor', { body: { challenge_token, code: await nextCode() } });
      assert.equal(begun.status, 200);
      await ageLogins(place, email);
      const { auth_token: old = '' } = await call(url, '/auth/refresh', {
        body: { refresh_token: begun.refresh_token },
      });
      const body = { new_email: newEmail(), password: PASSWORD };
      const refused = await call(url, '/auth/email', { body, token: old });
      assert.deepEqual([refused.status, refused.code], [401, 'insufficient_user_authentication']);
      const alone = await call(url, '/auth/reauthenticate', { body: { password: PASSWORD }, token: old });
      assert.deepEqual([alone.status, alone.code], [403, 'second_factor_required']);
      const proof = { code: await nextCode() };
      const { auth_token: token = '' } = await call(url, '/auth/reauthenticate', { body: proof, token: old });
      assert.equal((await call(url, '/auth/email', { body, token })).status, 202);
    }),
);

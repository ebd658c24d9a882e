import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { BrowserTest } from '../../test-case.ts';
import { call, newEmail } from '../people.ts';
import { PASSWORD, press, see } from '../scene.ts';
import { onBoth, type Place } from './place.ts';
import {
  keepCodes,
  logOut,
  reload,
  seeHome,
  seeTitle,
  setUpApp,
  setUpPasskey,
  stopOffering,
  typePassword,
  withAccount,
  withSecurityPage,
} from './scene.ts';

export const forgetsPasskey = onBoth(
  'a passkey that was removed as a second factor logs nobody in any more, and the password alone does',
  (place) =>
    withAccount(place, async ({ page, authenticator, email }) => {
      await typePassword(page, email, PASSWORD);
      await seeHome(page);
      await setUpPasskey(page, 'My “old” phone');
      await keepCodes(page);
      await press(page, 'Remove');
      await seeTitle(page, 'Remove the passkey “My “old” phone”?');
      await page.locator('#intro', { hasText: 'This is your last second factor.' }).waitFor();
      await press(page, 'Remove');
      await seeHome(page);
      await see(page, 'Removed.');
      assert.equal(await page.locator('#recovery').count(), 0);
      await stopOffering(page);
      await logOut(page);

      assert.equal(await authenticator.count(), 1);
      await press(page, 'Log in with a passkey');
      await see(page, 'The service does not know this passkey for your account.');
      await typePassword(page, email, PASSWORD);
      await seeHome(page);
    }),
);

/** Removes all factors, as an operator does on the command line. */
async function removeAll({ url }: Place, email: string): Promise<void> {
  const args = ['scripts/run.js', 'ops/user', 'factors', email, '--remove', '--yes', '--url', url];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = child.stdout.toArray();
  const status = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(status, 0);
  assert.match(Buffer.concat(await said).toString(), /^Removed 2 second factors of /);
}

export const operatorHelps = onBoth(
  'an operator removes the second factors of somebody who has lost them all, and the password alone logs in again',
  (place) =>
    withAccount(place, async ({ page, email }) => {
      await typePassword(page, email, PASSWORD);
      await setUpApp(page);
      await keepCodes(page);
      await setUpPasskey(page, 'My phone');
      await seeHome(page);
      // Otherwise the device answers the login form at once, with the passkey that is gone.
      await stopOffering(page);
      await removeAll(place, email);
      await press(page, 'Make new codes');
      await see(page, 'You are not logged in any more.');
      await page.locator('#title:focus', { hasText: 'Log in' }).waitFor();
      await typePassword(page, email, PASSWORD);
      await seeHome(page);
      await page.locator('#app', { hasText: 'None yet.' }).waitFor();
    }),
);

export const needsOne: BrowserTest = {
  title: 'the page sets up a second factor before it logs in where the service wants one, and keeps the last one',
  run: async (surroundings) => {
    const { url, stop } = await surroundings.startAnother('--var', 'SECOND_FACTOR:required');
    const email = newEmail();
    const { status, auth_token } = await call(url, '/auth/register', { body: { email, password: PASSWORD } });
    assert.deepEqual([status, auth_token], [201, undefined]);
    await withSecurityPage({ ...surroundings, url }, async (page) => {
      await typePassword(page, email, PASSWORD);
      await seeTitle(page, 'Set up a second factor');
      await press(page, 'Set up a passkey');
      await press(page, 'Back');
      await setUpApp(page, 'Set up an authenticator app');
      await keepCodes(page);
      await page.locator('#intro', { hasText: 'Your account needs one.' }).waitFor();
      await press(page, 'Remove');
      await press(page, 'Remove');
      await see(page, 'Your account needs a second factor.');
      await reload(page);

      const other = newEmail();
      await call(url, '/auth/register', { body: { email: other, password: PASSWORD } });
      await typePassword(page, other, PASSWORD);
      await setUpPasskey(page, 'My phone');
      await keepCodes(page);
    });
    await stop();
  },
};

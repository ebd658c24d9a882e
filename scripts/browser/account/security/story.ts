import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { fill, PASSWORD, press, see, seeProblem } from '../scene.ts';
import type { Authenticator } from '../../authenticator.ts';
import { onBoth } from './place.ts';
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
} from './scene.ts';

/** Sets up an app, logs out, and logs in with a code. Returns the recovery codes. */
async function beginWithApp(page: Page, email: string): Promise<string[]> {
  await typePassword(page, email, PASSWORD);
  await seeHome(page);
  await page.locator('#app', { hasText: 'None yet.' }).waitFor();
  assert.equal(await page.locator('#recovery').count(), 0);
  const nextCode = await setUpApp(page);
  const codes = await keepCodes(page);
  await see(page, 'The app is set up.');
  await page.locator('#recovery', { hasText: '10 left' }).waitFor();
  await logOut(page);

  await typePassword(page, email, PASSWORD);
  await seeTitle(page, 'Your second factor');
  await fill(page, 'Code from your authenticator app', '12345');
  await press(page, 'Continue');
  await seeProblem(page, 'code', 'The code has 6 digits.');
  const code = await nextCode();
  await fill(page, 'Code from your authenticator app', code === '000000' ? '000001' : '000000');
  await press(page, 'Continue');
  await seeProblem(page, 'code', 'This is wrong, or it has been used already.');
  await fill(page, 'Code from your authenticator app', `${code.slice(0, 3)} ${code.slice(3)}`);
  await press(page, 'Continue');
  await seeHome(page);
  return codes;
}

/** Adds a passkey, and logs in with it: after the password, with the button, and where the browser offers it in the field. */
async function goOnWithPasskey(page: Page, email: string): Promise<void> {
  await setUpPasskey(page, 'My laptop');
  await seeHome(page);
  await see(page, 'The passkey is set up.');
  await page.locator('#passkeys li', { hasText: 'My laptop' }).waitFor();
  await stopOffering(page);
  await logOut(page);

  await typePassword(page, email, PASSWORD);
  await seeTitle(page, 'Your second factor');
  await press(page, 'Use a passkey');
  await seeHome(page);
  await logOut(page);

  await press(page, 'Log in with a passkey');
  await seeHome(page);

  await page.reload();
  await page.getByRole('heading', { name: 'Your second factors' }).waitFor();
  await page.locator('#session', { hasText: email }).waitFor();
}

/** Has neither the app nor the passkey any more, and logs in with a recovery code, which works once. */
async function comeBack(page: Page, authenticator: Authenticator, email: string, codes: string[]): Promise<void> {
  await authenticator.clear();
  await reload(page);
  const [code = ''] = codes;
  await typePassword(page, email, PASSWORD);
  await press(page, 'Use a passkey');
  await see(page, 'No passkey was used.');
  await press(page, 'Use a recovery code');
  await fill(page, 'Recovery code', ` ${code.toLowerCase().replaceAll('-', ' ')} `);
  await press(page, 'Continue');
  await seeHome(page);
  await page.locator('#recovery', { hasText: '9 left' }).waitFor();
  await logOut(page);

  await typePassword(page, email, PASSWORD);
  await press(page, 'Use a recovery code');
  await fill(page, 'Recovery code', code);
  await press(page, 'Continue');
  await seeProblem(page, 'recovery_code', 'This is wrong, or it has been used already.');
}

export const story = onBoth(
  'somebody sets up an app and a passkey as second factors, logs in with each, loses both, and comes back by a recovery code',
  (place) =>
    withAccount(place, async ({ page, authenticator, email }) => {
      const codes = await beginWithApp(page, email);
      await goOnWithPasskey(page, email);
      await comeBack(page, authenticator, email, codes);
    }),
);

import assert from 'node:assert/strict';
import { addAuthenticator } from '../authenticator.ts';
import type { BrowserTest } from '../test-case.ts';
import { addPasskey, logOut, readCodes, see, seeClaims, setUpApp } from './factor-scene.ts';
import { assertHidden } from './program-scene.ts';
import { enter, newEmail, press, readLog, register, seeAccount, seeResult, withPlayground } from './scene.ts';

const FACTOR = 'Code of the authenticator app, or a recovery code';

export const usesApp: BrowserTest = {
  title: 'the playground sets up an authenticator app, and logs in with its code and with a recovery code',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      await press(page, 'List my factors');
      await see(page, 'There is none.');
      const app = await setUpApp(page);
      const [code = ''] = await readCodes(page);
      await page
        .locator('#factor-list', { hasText: /Authenticator app.*not used yet.*Recovery codes.*Left: 10/ })
        .waitFor();
      await seeClaims(page, /acr\s*aal2.*amr\s*\["pwd","otp","mfa"\]/s);
      await assertHidden(page, code);
      await logOut(page);
      await enter(page, 'Log in', email);
      await seeResult(page, 'account', 'The account has a second factor.');
      await page.locator('#second-step-factor:focus').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Use a passkey' }).isVisible(), false);
      await page.keyboard.type('000000');
      await page.keyboard.press('Enter');
      await seeResult(page, 'account', 'wrong_factor');
      await page.getByLabel(FACTOR).fill(await app());
      await press(page, 'Log in with the code');
      await seeAccount(page, email);
      await seeResult(page, 'account', 'Logged in, with a second factor.');
      assert.deepEqual((await readLog(page)).slice(1, 4), [
        'POST /auth/login/factor 200',
        'POST /auth/login/factor 403',
        'POST /auth/login 403',
      ]);
      await logOut(page);
      await enter(page, 'Log in', email);
      await page.getByLabel(FACTOR).fill(code.toLowerCase());
      await press(page, 'Log in with the code');
      await seeAccount(page, email);
      await seeClaims(page, /amr\s*\["pwd","recovery","mfa"\]/);
    }),
};

export const usesPasskey: BrowserTest = {
  title: 'the playground adds, renames and removes passkeys, and logs in by one, with the password and alone',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await addAuthenticator(page);
      const email = await register(page);
      await addPasskey(page, 'a <b>laptop</b>');
      await readCodes(page);
      await page.locator('#factor-list', { hasText: /a <b>laptop<\/b>Passkey, .*not used yet/ }).waitFor();
      await press(page, 'Add a passkey');
      await see(page, 'passkey_taken This device has a passkey of the account already.');
      await press(page, 'Rename the passkey a <b>laptop</b>');
      await page.locator('#rename-passkey-name:focus').waitFor();
      await page.keyboard.type('phone');
      await page.keyboard.press('Enter');
      await see(page, 'The passkey has the name.');
      await page.locator('#factor-list', { hasText: 'phone' }).waitFor();
      await logOut(page);
      await enter(page, 'Log in', email);
      await press(page, 'Use a passkey');
      await seeAccount(page, email);
      await seeClaims(page, /amr\s*\["pwd","pop","user","mfa"\]/);
      await logOut(page);
      await press(page, 'Log in with a passkey');
      await seeAccount(page, email);
      await seeResult(page, 'account', 'Logged in, by a passkey alone.');
      await seeClaims(page, /acr\s*aal2.*amr\s*\["pop","user","mfa"\]/s);
      await press(page, 'List my factors');
      await press(page, 'Remove the passkey phone');
      await see(page, 'Passkey removed. All other sessions are over.');
      assert.equal(await page.locator('#factor-list li').count(), 0);
      await page.locator('#factors-title:focus').waitFor();
      await press(page, 'Who am I?');
      await seeResult(page, 'account', 'says now');
    }),
};

export const setsUpFirst: BrowserTest = {
  title: 'the playground leads to the first second factor at a service that wants one, and logs in with it',
  run: async ({ startAnother, ...surroundings }) => {
    const { url, stop } = await startAnother('--var', 'SECOND_FACTOR:required');
    await withPlayground({ ...surroundings, startAnother, url }, async (page) => {
      const email = newEmail();
      await enter(page, 'Register', email);
      await seeResult(page, 'account', 'Set up a second factor to log in.');
      await page.locator('#factors-title:focus').waitFor();
      assert.equal(await page.getByRole('button', { name: 'List my factors' }).isVisible(), false);
      await enter(page, 'Log in', email);
      await seeResult(page, 'account', 'You need a second factor here.');
      const app = await setUpApp(page);
      await seeAccount(page, email);
      await page.locator('#user-fields', { hasText: email }).waitFor();
      await readCodes(page);
      await press(page, 'Remove the authenticator app');
      await see(page, 'last_factor');
      await press(page, 'Replace the recovery codes');
      await see(page, 'These codes work');
      const [code = ''] = await readCodes(page);
      await assertHidden(page, code);
      await logOut(page);
      assert.equal(await page.locator('#factors').isVisible(), false);
      await enter(page, 'Log in', email);
      await page.getByLabel(FACTOR).fill(await app());
      await press(page, 'Log in with the code');
      await seeAccount(page, email);
      assert.equal(await page.locator('#new-codes').isVisible(), false);
    });
    await stop();
  },
};

export const lacksPasskeys: BrowserTest = {
  title: 'the playground says what a browser lacks that cannot use passkeys, or has none',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await addAuthenticator(page);
      await press(page, 'Log in with a passkey');
      await seeResult(page, 'account', /^passkey_cancelled No passkey was chosen/);
      await page.evaluate(() => Reflect.deleteProperty(PublicKeyCredential, 'parseRequestOptionsFromJSON'));
      await press(page, 'Log in with a passkey');
      await seeResult(page, 'account', /^passkeys_unavailable This browser cannot use passkeys here. It needs https/);
    }),
};

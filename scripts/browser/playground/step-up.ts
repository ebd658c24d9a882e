import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { addAuthenticator } from '../authenticator.ts';
import type { BrowserTest } from '../test-case.ts';
import { lookAt, registerAdmin, seeField } from './admin-scene.ts';
import { unfold } from './care.ts';
import { addPasskey, seeClaims, setUpAppElsewhere } from './factor-scene.ts';
import { PASSWORD, press, seeResult, withPlayground } from './scene.ts';

/** Waits until the part `name` shows that the service wants a proof, and the form for it. */
async function seeOffer(page: Page, name: string): Promise<void> {
  await seeResult(page, name, 'insufficient_user_authentication');
  await page.locator(`#${name}-result + #reauthenticate`).waitFor();
}

export const provesAgain: BrowserTest = {
  title: 'the playground offers to prove again who it is where the service wants that, by code, passkey or password',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      await addAuthenticator(page);
      const email = await registerAdmin(page, url);
      await press(page, 'Prove again who it is');
      await page.locator('#reauthenticate-password:focus').waitFor();
      await page.keyboard.type(PASSWORD);
      await press(page, 'Prove it');
      await seeResult(page, 'token', 'Authenticated.');
      assert.equal(await page.locator('#reauthenticate').isVisible(), false);

      // Another session sets up a factor, so that one factor is not enough for this one any more.
      const app = await setUpAppElsewhere(url, email);
      await press(page, 'Find users');
      await seeOffer(page, 'administration');
      await page.locator('#reauthenticate-factor:focus').waitFor();
      await page.getByLabel('Password of the account').fill(PASSWORD);
      await press(page, 'Prove it');
      await seeResult(page, 'administration', 'second_factor_required');
      await page.getByLabel('Password of the account').fill('');
      await page.getByLabel('Code of the app, or a recovery code').fill('123');
      await press(page, 'Prove it');
      await page.locator('#reauthenticate-factor:focus[aria-invalid="true"]').waitFor();
      const part = await unfold(page, 'Change the password');
      await part.getByLabel('Current password').fill(PASSWORD);
      await part.getByLabel('New password').fill('654321');
      await press(page, 'Change the password');
      await seeOffer(page, 'account');
      await page.getByLabel('Name of the key').fill('import');
      await press(page, 'Make a key');
      await seeOffer(page, 'keys');
      const code = await app();
      await page.getByLabel('Code of the app, or a recovery code').fill(code);
      await press(page, 'Prove it');
      await seeResult(page, 'keys', 'Authenticated.');
      await seeClaims(page, /acr\s*aal2.*amr\s*\["pwd","otp","mfa"\]/s);
      await press(page, 'Make a key');
      await seeResult(page, 'keys', 'Key created.');
      await addPasskey(page, 'laptop');
      await press(page, 'Prove again who it is');
      await press(page, 'Prove it with a passkey');
      await seeResult(page, 'token', 'Authenticated.');
      await seeClaims(page, /amr\s*\["pwd","otp","pop","user","mfa"\]/);
      await lookAt(page, email);
      await seeField(page, /Second factor\s*yes.*Factors\s*authenticator app, passkeys: 1, recovery codes: 10/s);
      await page.locator('#users li', { hasText: /second factor/ }).waitFor();
      const line = page.locator('.curl code', { hasText: '"$CODE"' }).first();
      assert.match((await line.textContent()) ?? '', /\/auth\/reauthenticate .*-d '\{"code":"'"\$CODE"'"\}'$/);
      assert.equal(((await page.locator('#requests').textContent()) ?? '').includes(`"${code}"`), false);
    }),
};

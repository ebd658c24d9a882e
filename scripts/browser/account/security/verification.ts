import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { PASSWORD, press, see } from '../scene.ts';
import { onBoth } from './place.ts';
import { keepCodes, reload, seeHome, setUpPasskey, typePassword, withAccount } from './scene.ts';

const options = z.object({ data: z.object({ challenge: z.string(), rpId: z.string() }) });

/** Posts to the service from the page. */
const post = (page: Page, path: string, body = '{}') =>
  page.evaluate(
    async ({ path, body }) => {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`../auth/login/passkey${path}`, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    },
    { path, body },
  );

/** Logs in with a passkey without asking the device to verify who uses it. */
async function logInUnverified(page: Page): Promise<{ status: number; text: string }> {
  const { data } = options.parse(JSON.parse((await post(page, '/options')).text));
  const passkey = await page.evaluate(async (data) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...data, userVerification: 'discouraged' });
    return JSON.stringify(await navigator.credentials.get({ publicKey }));
  }, data);
  return post(page, '', `{"passkey":${passkey}}`);
}

export const wantsVerification = onBoth(
  'a passkey is no second factor when the device does not verify who uses it: the browser and the service refuse',
  (place) =>
    withAccount(place, async ({ page, authenticator, email }) => {
      await typePassword(page, email, PASSWORD);
      await seeHome(page);
      await authenticator.setVerified(false);
      await setUpPasskey(page, 'My phone');
      await see(page, 'No passkey was used.');
      assert.equal(await authenticator.count(), 0);
      await authenticator.setVerified(true);
      await press(page, 'Make the passkey');
      await keepCodes(page);

      await authenticator.setVerified(false);
      await reload(page);
      await press(page, 'Log in with a passkey');
      await see(page, 'No passkey was used.');
      const { status, text } = await logInUnverified(page);
      assert.equal(status, 403);
      assert.match(text, /"code":"wrong_factor"/);
      await authenticator.setVerified(true);
      await press(page, 'Log in with a passkey');
      await seeHome(page);
    }),
);

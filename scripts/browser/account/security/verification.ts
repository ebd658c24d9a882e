import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PASSWORD, press, see } from '../scene.ts';
import { onBoth } from './place.ts';
import { keepCodes, reload, seeHome, setUpPasskey, typePassword, withAccount } from './scene.ts';

/** Uses a passkey without asking who uses it, and logs in with that. Returns the status and the code of the refusal. */
const logInUnverified = (page: Page) =>
  page.evaluate(async () => {
    const post = (path: string, body?: object) =>
      fetch(`../auth/login/passkey${path}`, {
        method: 'POST',
        ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      });
    const { data } = await (await post('/options')).json();
    const options = PublicKeyCredential.parseRequestOptionsFromJSON({ ...data, userVerification: 'discouraged' });
    const credential = await navigator.credentials.get({ publicKey: options });
    if (!(credential instanceof PublicKeyCredential)) throw new TypeError('no passkey');
    const response = await post('', { passkey: credential.toJSON() });
    return [response.status, (await response.json()).code];
  });

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
      assert.deepEqual(await logInUnverified(page), [403, 'wrong_factor']);
      await authenticator.setVerified(true);
      await press(page, 'Log in with a passkey');
      await seeHome(page);
    }),
);

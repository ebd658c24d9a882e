import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../test-case.ts';
import { assertHidden, seeBearer, seeRequest } from './program-scene.ts';
import { press, readToken, register, seeForm, seeResult, withPlayground } from './scene.ts';

/** Makes a key, and returns it. */
export async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name of the key').fill(name);
  await press(page, 'Make a key');
  await seeResult(page, 'keys', 'Key created.');
  const key = await page.locator('#new-key code').first().innerText();
  assert.match(key, /^lk_[0-9A-Za-z]{59}_[0-9A-Za-z]{6}$/);
  return key;
}

const see = (page: Page, words: string | RegExp) => seeResult(page, 'keys', words);

export const usesKey: BrowserTest = {
  title: 'the playground makes an API key, uses it, exchanges it and revokes it, and hides it in log and storage',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await page.getByLabel('localStorage').check();
      await register(page);
      const key = await makeKey(page, 'import <b>nightly</b>');
      await page.locator('#keys li', { hasText: /import <b>nightly<\/b>Scopes: api.*expires.*not used yet/ }).waitFor();
      const line = page.locator('#new-key code').last();
      const start = `curl -si '${surroundings.url}/auth/verify?scope=api' -H`;
      assert.equal(await line.innerText(), `${start} "authorization: Bearer $API_KEY"`);
      await press(page, 'Verify the key');
      await see(page, '204');
      await seeBearer(page, 'key-bearer', /X-Kind.*user.*X-User-Id.*X-Client-Id.*api-key.*X-Key-Id.*X-Scopes.*api/s);
      await seeRequest(page, 'GET /auth/verify?scope=api 204');
      await press(page, 'Exchange for an access token');
      await see(page, 'The service gives this access token');
      await page.locator('#key-claims', { hasText: /client_id\s*api-key.*key_id.*scope\s*api/s }).waitFor();
      await seeRequest(page, 'POST /oauth/token 200');
      await page.getByLabel('Scope that the place names', { exact: true }).fill('');
      await press(page, 'Verify the key');
      await see(page, 'user_required');
      await assertHidden(page, key);
      await page.getByLabel('Show tokens and passwords in full').check();
      assert.equal(await line.innerText(), `${start} 'authorization: Bearer ${key}'`);
      await page.getByLabel('Show tokens and passwords in full').uncheck();
      await press(page, 'Revoke the key import <b>nightly</b>');
      await see(page, 'The key is revoked.');
      await page.locator('#keys-title:focus').waitFor();
      assert.equal(await page.locator('#keys li').count(), 0);
      await page.getByLabel('Scope that the place names', { exact: true }).fill('api');
      await press(page, 'Verify the key');
      await see(page, 'invalid_api_key');
      await seeRequest(page, 'GET /auth/verify?scope=api 401');
      assert.equal(((await page.locator('body').textContent()) ?? '').includes(key), false);
      await assertHidden(page, key);
    }),
};

export const forgetsKey: BrowserTest = {
  title: 'the playground shows a new API key once, and to nobody else',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      const key = await makeKey(page, 'first');
      assert.equal(await page.getByLabel('API key', { exact: true }).inputValue(), key);
      await page.getByLabel('Never expires').check();
      await makeKey(page, 'second');
      await page.locator('#keys li', { hasText: /second.*never expires/ }).waitFor();
      assert.equal(await page.locator('#new-key code', { hasText: key }).count(), 0);
      await press(page, 'Here');
      await seeForm(page);
      assert.equal(await page.locator('#api-keys').isVisible(), false);
      await register(page);
      await page.locator('#api-keys').waitFor();
      assert.equal(await page.locator('#new-key code, #keys li').count(), 0);
      assert.equal(await page.getByLabel('API key', { exact: true }).inputValue(), '');
    }),
};

export const refusesKey: BrowserTest = {
  title: 'the playground shows beside the field what is wrong with a new API key',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      await page.getByLabel('Name of the key').fill('import');
      // A number too large for JSON must not pass for null, which means never.
      for (const days of ['soon', '9'.repeat(400)]) {
        await page.getByLabel(/^Days until it expires/).fill(days);
        await press(page, 'Make a key');
        await page.locator('#make-key-days:focus[aria-invalid="true"]').waitFor();
      }
      await page.getByLabel(/^Days until it expires/).fill('7');
      await page.getByLabel(/^Scopes of the key/).fill('api, payments');
      await press(page, 'Make a key');
      await page.locator('#make-key-scopes:focus[aria-invalid="true"]').waitFor();
      await see(page, 'invalid_request');
      assert.equal(await page.locator('#new-key').isVisible(), false);
    }),
};

export const pagesKeys: BrowserTest = {
  title: 'the playground lists API keys page by page',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      const headers = { Authorization: `Bearer ${await readToken(page)}`, 'Content-Type': 'application/json' };
      for (const name of 'abcdefghijk') {
        const body = JSON.stringify({ name });
        const response = await fetch(`${surroundings.url}/auth/keys`, { method: 'POST', headers, body });
        assert.equal(response.status, 201);
      }
      await press(page, 'List my keys');
      await see(page, 'Shown: 10. There are more.');
      await press(page, 'Older keys');
      await see(page, 'Shown: 11.');
      await page.locator('#keys-title:focus').waitFor();
    }),
};

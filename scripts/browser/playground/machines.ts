import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../test-case.ts';
import { openDetails } from '../watched-page.ts';
import { registerAdmin } from './admin-scene.ts';
import { assertHidden, seeBearer, seeRequest } from './program-scene.ts';
import { press, seeForm, seeResult, withPlayground } from './scene.ts';

/** Makes a client with the scope `reports:read`. Returns its id and its secret. */
export async function makeClient(page: Page): Promise<{ id: string; secret: string }> {
  const id = `reports-${randomUUID().slice(0, 8)}`;
  await openDetails(page);
  await page.getByLabel('Name of the client').fill(`Reports <i>${id}</i>`);
  await page.getByLabel(/^Client id, or nothing/).fill(id);
  await page.getByLabel(/^Scopes of the client/).fill('reports:read');
  await press(page, 'Make the client');
  await seeClients(page, 'Client created.');
  return { id, secret: await readSecret(page) };
}

const readSecret = (page: Page) => page.locator('#new-secret code').innerText();
const seeClients = (page: Page, words: string) => seeResult(page, 'clients', words);
const seeMachine = (page: Page, words: string) => seeResult(page, 'machine', words);

/** Verifies the token of the machine at a place that names `scope`. */
export async function verify(page: Page, scope: string): Promise<void> {
  await page.getByLabel('Scope that the place names, or nothing').fill(scope);
  await press(page, 'Verify the token');
}

export const letsMachineIn: BrowserTest = {
  title:
    'the playground makes a client, gets a token for it, and shows that a machine gets in only where a scope is named',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      await registerAdmin(page, url);
      const { id, secret } = await makeClient(page);
      assert.equal(await page.locator('#client-title').innerText(), `Reports <i>${id}</i>`);
      await press(page, 'Get a token');
      await seeMachine(page, 'This is an access token');
      await page
        .locator('#machine-claims', { hasText: new RegExp(`sub\\s*${id}.*scope\\s*reports:read`, 's') })
        .waitFor();
      await verify(page, 'reports:read');
      await seeMachine(page, '204');
      await seeBearer(
        page,
        'machine-bearer',
        new RegExp(`X-Kind.*machine.*X-Client-Id.*${id}.*X-Scopes.*reports:read`, 's'),
      );
      await verify(page, '');
      await seeMachine(page, 'user_required');
      await seeRequest(page, 'GET /auth/verify 403');
      assert.equal(await page.locator('#machine-bearer *').count(), 0);
      await verify(page, 'reports:write');
      await seeMachine(page, 'insufficient_scope');
      await assertHidden(page, secret);
      const forms = await page.locator('.curl code', { hasText: '/oauth/token' }).allTextContents();
      assert.match(forms.join('\n'), /client_secret='"\$CLIENT_SECRET"'/);

      await press(page, 'Disable the client');
      await seeClients(page, 'The client is disabled');
      await verify(page, 'reports:read');
      await seeMachine(page, 'revoked_token');
      await press(page, 'Get a token');
      await seeMachine(page, 'invalid_client');
      assert.equal(await page.locator('#machine').isVisible(), false);
      await press(page, 'Enable the client');
      await seeClients(page, 'The client is enabled.');
      await press(page, 'Get a token');
      await seeMachine(page, 'This is an access token');
    }),
};

export const replacesSecret: BrowserTest = {
  title: 'the playground replaces the secret of a client, deletes the client, and keeps secrets from the next person',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      await registerAdmin(page, url);
      const { id, secret } = await makeClient(page);
      await press(page, 'New secret');
      await seeClients(page, 'Secret created.');
      const next = await readSecret(page);
      assert.notEqual(next, secret);
      await press(page, 'New secret');
      await seeClients(page, 'too_many_secrets');
      await page.locator('#client-secrets button').first().click();
      await seeClients(page, 'The secret is deleted');
      await page.locator('#client-title:focus').waitFor();
      assert.equal(await page.locator('#client-secrets li').count(), 1);
      assert.equal(await page.locator('#new-secret').isVisible(), false);
      await press(page, 'Get a token');
      await seeMachine(page, 'This is an access token');
      await page.getByLabel('Client secret', { exact: true }).fill(secret);
      await press(page, 'Get a token');
      await seeMachine(page, 'invalid_client');
      await press(page, 'List clients');
      await press(page, `Reports <i>${id}</i>`);
      await seeClients(page, 'This is the client now.');
      await press(page, 'Delete the client');
      await seeClients(page, 'The client is deleted.');
      await page.locator('#clients-title:focus').waitFor();
      assert.equal(await page.locator('#clients li', { hasText: id }).count(), 0);
      await press(page, 'Get a token');
      await seeMachine(page, 'invalid_client');
      await makeClient(page);
      await press(page, 'Get a token');
      await seeMachine(page, 'This is an access token');
      await press(page, 'Here');
      await seeForm(page);
      assert.equal(await page.locator('#machine').isVisible(), false);
      assert.equal(await page.getByLabel('Client secret', { exact: true }).inputValue(), '');
      assert.equal(await page.locator('#new-secret code, #clients li').count(), 0);
    }),
};

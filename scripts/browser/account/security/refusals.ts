import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../../test-case.ts';
import { fill, PASSWORD, press, see } from '../scene.ts';
import { keepCodes, logOut, seeHome, seeTitle, setUpApp, typePassword, withAccount } from './scene.ts';

/** The next request to `path` gets this answer. The service does not hear of it. */
async function answerOnce(page: Page, path: string, status: number, code: string): Promise<void> {
  const json = { status: 'fail', code, message: 'Said by the service.', request_id: 'id' };
  await page.route(`**${path}`, (route) => route.fulfill({ status, json }), { times: 1 });
}

/** Waits until the page says `words`, and asserts that screen readers say them at once. */
async function hear(page: Page, words: string): Promise<void> {
  await see(page, words);
  assert.equal(await page.locator('#notice').getAttribute('role'), 'alert');
}

export const goesOn: BrowserTest = {
  title: 'the page for second factors says what to do about each refusal, and goes on from there',
  run: (surroundings) =>
    withAccount(surroundings, async ({ page, email }) => {
      await typePassword(page, email, 'a wrong password');
      await page.locator('#password-problem', { hasText: 'The address or the password is wrong.' }).waitFor();
      await answerOnce(page, '/auth/factors', 500, 'internal_error');
      await typePassword(page, email, PASSWORD);
      await hear(page, 'Nothing is lost');
      await press(page, 'Log in');
      await seeHome(page);
      await answerOnce(page, '/auth/factors/totp', 429, 'too_many_requests');
      await press(page, 'Set up an app');
      await hear(page, 'Too many attempts.');

      await answerOnce(page, '/auth/factors/totp/confirm', 400, 'invalid_challenge_token');
      await setUpApp(page);
      await seeHome(page);
      await hear(page, 'This took too long');
      const nextCode = await setUpApp(page);
      await keepCodes(page);
      await answerOnce(page, '/auth/factors/recovery-codes', 409, 'change_conflict');
      await press(page, 'Make new codes');
      await seeHome(page);
      await hear(page, 'Your account was changed at the same time.');
      await logOut(page);

      await typePassword(page, email, PASSWORD);
      await seeTitle(page, 'Your second factor');
      await answerOnce(page, '/auth/login/factor', 400, 'invalid_challenge_token');
      await fill(page, 'Code from your authenticator app', '123456');
      await press(page, 'Continue');
      await seeTitle(page, 'Log in');
      await hear(page, 'This took too long');
      await typePassword(page, email, PASSWORD);
      await fill(page, 'Code from your authenticator app', await nextCode());
      await press(page, 'Continue');
      await seeHome(page);
      await answerOnce(page, '/auth/factors/totp', 403, 'user_required');
      await press(page, 'Set up another app');
      await hear(page, 'Tell the people who run this service: user_required.');
    }),
};

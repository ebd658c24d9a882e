import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { enter, newEmail, press, readLog, register, seeAccount, seeForm, seeResult, withPlayground } from './scene.ts';

export const sendsNothing: BrowserTest = {
  title: 'the playground sends nothing by itself when nobody is logged in',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await seeForm(page);
      assert.deepEqual(await readLog(page), []);
    }),
};

export const logsIn: BrowserTest = {
  title: 'the playground registers, logs out and logs in, and shows each request',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      await press(page, 'Here');
      await seeForm(page);
      await enter(page, 'Log in', email);
      await seeAccount(page, email);
      assert.equal(await page.locator('#password').inputValue(), '');
      await page.locator('#requests summary', { hasText: '/auth/status' }).nth(1).waitFor();
      assert.deepEqual(await readLog(page), [
        'GET /auth/status 200',
        'POST /auth/login 200',
        'POST /auth/logout 200',
        'GET /auth/status 200',
        'POST /auth/register 201',
      ]);
    }),
};

export const refusesLogin: BrowserTest = {
  title: 'the playground shows the code of a refused login, and a refused field beside it',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = newEmail();
      await enter(page, 'Log in', email, 'wrong password');
      await seeResult(page, 'account', 'invalid_credentials');
      await enter(page, 'Register', 'joe', '123456');
      await seeResult(page, 'account', 'invalid_request');
      await page.locator('#email-problem:not(:empty)').waitFor();
      assert.equal(
        await page.getByLabel('E-mail', { exact: true }).evaluate((input) => document.activeElement === input),
        true,
      );
      assert.equal(await page.getByLabel('E-mail', { exact: true }).getAttribute('aria-invalid'), 'true');
      await enter(page, 'Register', email);
      await seeAccount(page, email);
    }),
};

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../test-case.ts';
import {
  enter,
  newEmail,
  PASSWORD,
  press,
  readLog,
  register,
  seeAccount,
  seeForm,
  seeResult,
  withPlayground,
} from './scene.ts';

export const PROOF = 'Code, token or link from the mail';
const NEW_PASSWORD = '654321';

/** Unfolds the part `title` of the account, and returns it. */
export async function unfold(page: Page, title: string) {
  const part = page.locator('details', { has: page.locator('summary', { hasText: title }) });
  await part.locator('summary').click();
  return part;
}

/** The text of the newest mail to `email`, once the page shows it. */
export async function readMail(page: Page, email: string, subject: RegExp): Promise<string> {
  const mail = page.locator('#mails li').filter({ hasText: email }).filter({ hasText: subject }).first();
  await mail.waitFor();
  if ((await mail.locator('details[open]').count()) === 0) await mail.locator('summary').click();
  return mail.locator('pre', { hasText: /\d{8}/ }).innerText();
}

export const codeIn = (mail: string) => /^\d{8}$/m.exec(mail)?.[0] ?? assert.fail('the mail has no code');
const linkIn = (mail: string) => /^http:\S+$/m.exec(mail)?.[0] ?? assert.fail('the mail has no link');

export const verifies: BrowserTest = {
  title: 'the playground shows the mail that verifies an address, and verifies it with the code',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      const part = await unfold(page, 'Verify the e-mail');
      await part.getByLabel(PROOF).fill('00000000');
      await press(page, 'Verify');
      await seeResult(page, 'account', 'invalid_challenge');
      await press(page, 'Mail a code');
      await seeResult(page, 'account', 'If a mail goes out');
      const mail = await readMail(page, email, /confirm|verify/i);
      assert.equal(await page.getByRole('link', { name: linkIn(mail) }).getAttribute('href'), linkIn(mail));
      await part.getByLabel(PROOF).fill(codeIn(mail));
      await press(page, 'Verify');
      await seeResult(page, 'account', 'The e-mail is verified.');
      await page.locator('#user-fields', { hasText: /E-mail verified\s*yes/ }).waitFor();
      await page.locator('#token-claims', { hasText: /email_verified\s*true/ }).waitFor();
      assert.equal((await page.locator('#requests').innerText()).includes(codeIn(mail)), false);
    }),
};

export const changesPassword: BrowserTest = {
  title: 'the playground changes the password, and goes on in another session',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      const part = await unfold(page, 'Change the password');
      const change = async (current: string, next: string) => {
        await part.getByLabel('Current password').fill(current);
        await part.getByLabel('New password').fill(next);
        await press(page, 'Change the password');
      };
      await change('wrong', NEW_PASSWORD);
      await seeResult(page, 'account', 'wrong_password');
      await change(PASSWORD, '1');
      await seeResult(page, 'account', 'invalid_request');
      await page.locator('#new-password:focus[aria-invalid="true"]').waitFor();
      await change(PASSWORD, NEW_PASSWORD);
      await seeResult(page, 'account', 'The password is changed');
      const text = (await page.locator('#requests').textContent()) ?? '';
      for (const secret of [PASSWORD, NEW_PASSWORD]) assert.equal(text.includes(secret), false);
      assert.match(text, /"current_password":"'"\$CURRENT_PASSWORD"'","new_password":"'"\$NEW_PASSWORD"'"/);
      await press(page, 'List my sessions');
      await seeResult(page, 'sessions', 'Live sessions: 1.');
      await press(page, 'Here');
      await enter(page, 'Log in', email, NEW_PASSWORD);
      await seeAccount(page, email);
    }),
};

export const resetsPassword: BrowserTest = {
  title: 'the playground resets a forgotten password with the code of a mail',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      await press(page, 'Here');
      await seeForm(page);
      const part = await unfold(page, 'Forgot the password');
      await press(page, 'Mail to reset the password');
      const mail = await readMail(page, email, /password/i);
      await part.getByLabel(PROOF).fill(linkIn(mail));
      await part.getByLabel('New password').fill('1');
      await press(page, 'Set the password');
      await page.locator('#reset-new-password:focus[aria-invalid="true"]').waitFor();
      await part.getByLabel('New password').fill(NEW_PASSWORD);
      await press(page, 'Set the password');
      await seeResult(page, 'account', 'The password is set.');
      assert.equal(await part.getByLabel(PROOF).inputValue(), '');
      await enter(page, 'Log in', email, NEW_PASSWORD);
      await seeAccount(page, email);
    }),
};

export const changesEmail: BrowserTest = {
  title: 'the playground changes the e-mail with the code of a mail to the new address',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      const next = newEmail();
      const part = await unfold(page, 'Change the e-mail');
      await part.getByLabel('New e-mail').fill(next);
      await part.getByLabel('Your password').fill(PASSWORD);
      await press(page, 'Mail a code there');
      await seeResult(page, 'account', 'If a mail goes out');
      const mail = await readMail(page, next, /./);
      await part.getByLabel(PROOF).fill(codeIn(mail));
      await press(page, 'Change the e-mail');
      await seeAccount(page, next);
      await seeResult(page, 'account', 'The e-mail is changed.');
    }),
};

export const deletes: BrowserTest = {
  title: 'the playground exports the account, and deletes it',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      const part = await unfold(page, 'Export or delete');
      await press(page, 'Export');
      await seeResult(page, 'account', 'The export is');
      assert.match(await page.locator('#requests pre').first().innerText(), /"sessions": \[/);
      await part.getByLabel('Your password').fill('wrong');
      await press(page, 'Delete the account');
      await seeResult(page, 'account', 'wrong_password');
      await part.getByLabel('Your password').fill(PASSWORD);
      await press(page, 'Delete the account');
      await seeResult(page, 'account', 'The account is deleted.');
      await page.locator('#email:focus').waitFor();
      assert.deepEqual((await readLog(page)).slice(0, 1), ['DELETE /auth/user 200']);
      await enter(page, 'Log in', email);
      await seeResult(page, 'account', 'invalid_credentials');
    }),
};

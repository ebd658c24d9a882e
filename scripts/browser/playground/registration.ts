import type { Page } from 'playwright-core';
import type { BrowserTest, Surroundings } from '../test-case.ts';
import { codeIn, PROOF, readMail, unfold } from './care.ts';
import { enter, newEmail, PASSWORD, press, seeAccount, seeResult, withPlayground } from './scene.ts';

/** Opens the playground of a service that makes an account once its address is confirmed. */
async function withConfirmation(surroundings: Surroundings, use: (page: Page) => Promise<void>): Promise<void> {
  const { url, stop } = await surroundings.startAnother('--var', 'REGISTRATION:confirm');
  await withPlayground({ ...surroundings, url }, use);
  await stop();
}

async function seeRegistered(page: Page, email: string): Promise<void> {
  await seeAccount(page, email);
  await seeResult(page, 'account', 'Registered, and logged in.');
}

export const registersByMail: BrowserTest = {
  title: 'the playground registers with the code of a mail at a service that confirms addresses',
  run: (surroundings) =>
    withConfirmation(surroundings, async (page) => {
      const email = newEmail();
      await page.getByLabel('E-mail', { exact: true }).fill(email);
      const part = await unfold(page, 'Register by mail');
      await press(page, 'Mail to register');
      const mail = await readMail(page, email, /./);
      await part.getByLabel(PROOF).fill(codeIn(mail));
      await part.getByLabel('New password').fill(PASSWORD);
      await press(page, 'Finish the registration');
      await seeRegistered(page, email);
    }),
};

export const goesOnByMail: BrowserTest = {
  title: 'the playground leads from a registration to the code of its mail',
  run: (surroundings) =>
    withConfirmation(surroundings, async (page) => {
      const email = newEmail();
      await enter(page, 'Register', email);
      await seeResult(page, 'account', /^Check your mail\.$/);
      await page.locator('#registration-proof:focus').waitFor();
      await page.keyboard.type(codeIn(await readMail(page, email, /./)));
      await page.keyboard.press('Enter');
      await seeRegistered(page, email);
    }),
};

export const needsPassword: BrowserTest = {
  title: 'the playground says what a registration by mail lacks at a service that confirms no addresses',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await page.getByLabel('E-mail', { exact: true }).fill(newEmail());
      await unfold(page, 'Register by mail');
      await press(page, 'Mail to register');
      await seeResult(page, 'account', 'invalid_request');
      await page.locator('#password-problem', { hasText: 'Is missing.' }).waitFor();
    }),
};

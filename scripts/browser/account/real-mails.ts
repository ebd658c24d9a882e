import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest, Surroundings } from '../test-case.ts';
import { findMail } from './mails.ts';
import { assertLogin, call, newEmail, registerSomebody } from './people.ts';
import { EXPECTED, fill, press, see, seeProblem } from './scene.ts';
import { withPage } from '../watched-page.ts';

const OLD = 'a former password';
const NEW = 'a new password';

/** Opens an account page or a link of a mail in a context of its own. The service itself answers. */
async function open({ browser }: Surroundings, url: string, use: (page: Page) => Promise<void>): Promise<void> {
  await withPage(browser, { url, locale: 'en-GB', mayReport: EXPECTED }, async ({ page }) => use(page));
}

export const verifies: BrowserTest = {
  title: 'somebody registers, opens the link of the mail, and verifies the address',
  run: async (surroundings) => {
    const { url, output } = surroundings;
    const { email, access: token } = await registerSomebody(url, OLD);
    const { link } = await findMail(output, email, 'verify');
    const isVerified = async () => (await call(url, '/auth/status', { token })).data?.email_verified;
    await open(surroundings, link, async (page) => {
      assert.equal(page.url().includes('#'), false);
      assert.equal(await isVerified(), false);
      await press(page, 'Verify the address');
      await see(page, 'The e-mail address is verified.');
      assert.equal(await isVerified(), true);
    });
    await open(surroundings, link, async (page) => {
      await press(page, 'Verify the address');
      await see(page, 'This link has been used, or it is too old.');
    });
  },
};

export const resetsByLink: BrowserTest = {
  title: 'somebody who has forgotten the password chooses another by the link of a mail, with the keyboard alone',
  run: async (surroundings) => {
    const { url, output } = surroundings;
    const { email, refresh } = await registerSomebody(url, OLD);
    await open(surroundings, `${url}/account/reset`, async (page) => {
      const { keyboard } = page;
      for (const key of ['Tab', 'Tab']) await keyboard.press(key);
      await keyboard.type(email);
      await keyboard.press('Enter');
      await see(page, 'A mail is on its way to this address.');
    });
    const { link } = await findMail(output, email, 'reset');
    await open(surroundings, link, async (page) => {
      const { keyboard } = page;
      for (const key of ['Tab', 'Tab']) await keyboard.press(key);
      await keyboard.type('1');
      await keyboard.press('Enter');
      await seeProblem(page, 'password', 'Must have at least 6 characters.');
      await keyboard.press('Backspace');
      await keyboard.type(NEW);
      await keyboard.press('Enter');
      await see(page, 'The password is changed.');
    });
    await assertLogin(url, email, OLD, 404);
    await assertLogin(url, email, NEW, 200);
    assert.equal((await call(url, '/auth/refresh', { body: { refresh_token: refresh } })).status, 401);
  },
};

export const resetsByCode: BrowserTest = {
  title: 'somebody who has forgotten the password chooses another by the code of a mail',
  run: async (surroundings) => {
    const { url, output } = surroundings;
    const { email } = await registerSomebody(url, OLD);
    await open(surroundings, `${url}/account/reset?lang=de`, async (page) => {
      await fill(page, 'E-Mail-Adresse', email);
      await press(page, 'E-Mail schicken');
      await see(page, 'Eine E-Mail ist zu dieser Adresse unterwegs.');
      const { link, code = '' } = await findMail(output, email, 'reset');
      assert.match(link, /\?lang=de#/);
      await fill(page, 'Code aus der E-Mail', code === '00000000' ? '00000001' : '00000000');
      await fill(page, 'Neues Passwort', NEW);
      await press(page, 'Passwort ändern');
      await seeProblem(page, 'code', 'Der Code ist falsch, verwendet oder zu alt.');
      await fill(page, 'Code aus der E-Mail', code);
      await press(page, 'Passwort ändern');
      await see(page, 'Das Passwort ist geändert.');
    });
    await assertLogin(url, email, NEW, 200);
  },
};

export const undoesChange: BrowserTest = {
  title:
    'somebody changes a verified address, the former address undoes that, and a mail lets it choose a new password',
  run: async (surroundings) => {
    const { url, output } = surroundings;
    const { email: old, access } = await registerSomebody(url, OLD);
    await open(surroundings, (await findMail(output, old, 'verify')).link, async (page) => {
      await press(page, 'Verify the address');
      await see(page, 'The e-mail address is verified.');
    });
    const email = newEmail();
    const body = { new_email: email, password: OLD };
    assert.equal((await call(url, '/auth/email', { body, token: access })).status, 202);
    await open(surroundings, (await findMail(output, email, 'confirm')).link, async (page) => {
      await press(page, 'Use the new address');
      await see(page, 'The e-mail address is changed.');
    });
    await assertLogin(url, email, OLD, 200);
    await open(surroundings, (await findMail(output, old, 'undo')).link, async (page) => {
      await page.getByLabel('I did not change the address').check();
      await press(page, 'Undo the change');
      await see(page, 'The former e-mail address is back.');
    });
    await assertLogin(url, old, OLD, 404);
    await open(surroundings, (await findMail(output, old, 'reset')).link, async (page) => {
      await fill(page, 'New password', NEW);
      await press(page, 'Change the password');
      await see(page, 'The password is changed.');
    });
    await assertLogin(url, old, NEW, 200);
    await assertLogin(url, email, NEW, 404);
  },
};

export const leadsToApp: BrowserTest = {
  title: 'the page to register of a service where anybody can register leads to the app',
  run: async (surroundings) =>
    open(surroundings, `${surroundings.url}/account/register`, async (page) => {
      await fill(page, 'E-mail address', newEmail());
      await press(page, 'Send the mail');
      await see(page, 'Register in the app');
    }),
};

/** Registers on the page of a service with `REGISTRATION=confirm`, by the link or by the code of the mail. */
async function registerOnPage(surroundings: Surroundings, how: 'link' | 'code'): Promise<void> {
  const { url, output } = surroundings;
  const email = newEmail();
  const choose = async (page: Page) => {
    await fill(page, 'New password', NEW);
    await press(page, 'Make the account');
    await see(page, 'Your account is ready.');
  };
  await open(surroundings, `${url}/account/register`, async (page) => {
    await fill(page, 'E-mail address', email);
    await press(page, 'Send the mail');
    await see(page, 'A mail is on its way to this address.');
    const { link, code = '' } = await findMail(output, email, 'register');
    await assertLogin(url, email, NEW, 404);
    if (how === 'link') return open(surroundings, link, choose);
    await fill(page, 'Code from the mail', code);
    return choose(page);
  });
  await assertLogin(url, email, NEW, 200);
}

export const registers: BrowserTest = {
  title: 'somebody registers on the page where an account begins with a mail, by its link or by its code',
  run: async (surroundings) => {
    const { url, output, stop } = await surroundings.startAnother('--var', 'REGISTRATION:confirm');
    await registerOnPage({ ...surroundings, url, output }, 'link');
    await registerOnPage({ ...surroundings, url, output }, 'code');
    await stop();
  },
};

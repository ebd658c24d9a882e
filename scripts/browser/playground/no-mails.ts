import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { unfold } from './care.ts';
import { newEmail, press, seeResult, withPlayground } from './scene.ts';

export const noMails: BrowserTest = {
  title: 'the playground says so where nobody lists mails',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await page.route('**/cdn-cgi/**', (route) => route.fulfill({ status: 404, body: '<!doctype html>' }));
      await press(page, 'Show the mails');
      await seeResult(page, 'mails', 'Nobody lists mails here.');
    }),
};

export const noTransport: BrowserTest = {
  title: 'the playground does not advise to try again at a service that sends no mail',
  run: async (surroundings) => {
    const { url, stop } = await surroundings.startAnother('--var', 'MAIL_TRANSPORT:none');
    const options = { mayReport: /status of 503/ };
    await withPlayground(
      { ...surroundings, url },
      async (page) => {
        await page.getByLabel('E-mail', { exact: true }).fill(newEmail());
        await unfold(page, 'Forgot the password');
        await press(page, 'Mail to reset the password');
        await seeResult(page, 'account', 'mail_unavailable');
        const words = await page.locator('#account-result').innerText();
        assert.equal(words, 'mail_unavailable The service sends no mail.');
      },
      options,
    );
    await stop();
  },
};

import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { fill, press, see, sentBy, TOKEN, withAccountPage } from './scene.ts';

const names = ['verify', 'confirm', 'undo', 'register', 'reset'];

export const takesToken: BrowserTest = {
  title: 'the account pages take the token out of the address at once, keep nothing, and send nothing before a press',
  run: async (surroundings) => {
    for (const name of names) {
      await withAccountPage(surroundings, { path: `${name}?lang=en#token=${TOKEN}` }, async (page, sent) => {
        assert.equal(page.url(), `${surroundings.url}/account/${name}?lang=en`);
        const kept = await page.evaluate(() =>
          JSON.stringify([history.state, history.length, document.cookie, localStorage.length, sessionStorage.length]),
        );
        assert.match(kept, /^\["opened",\d,"",0,0\]$/);
        assert.equal((await page.content()).includes(TOKEN), false);
        assert.deepEqual(sent, []);
      });
    }
  },
};

export const redeemsOnce: BrowserTest = {
  title: 'an account page sends the token when somebody presses, once for two presses',
  run: (surroundings) =>
    withAccountPage(surroundings, { path: `verify#token=${TOKEN}` }, async (page, sent) => {
      await page.getByRole('button', { name: 'Verify the address' }).dblclick();
      await see(page, 'The e-mail address is verified.');
      assert.deepEqual(sentBy(sent), [{ route: 'POST /auth/email/verify', body: { token: TOKEN } }]);
      assert.equal(sent[0]?.address, `${surroundings.url}/account/verify`);
    }),
};

export const refusesBroken: BrowserTest = {
  title: 'an account page says that a link is not complete, and asks nobody',
  run: async (surroundings) => {
    const broken = [TOKEN.slice(0, -1), `${TOKEN}A`, `${TOKEN}>`, TOKEN.replace('.', ''), '', '%00', '%', '&'];
    for (const token of broken) {
      await withAccountPage(surroundings, { path: `verify#token=${token}` }, async (page, sent) => {
        await see(page, 'This link is not complete.');
        assert.equal(await page.locator('main button').count(), 0);
        assert.equal(new URL(page.url()).hash, '');
        assert.deepEqual(sent, []);
      });
    }
    await withAccountPage(surroundings, { path: 'reset#token=abc' }, async (page) => {
      await see(page, 'This link is not complete.');
      await page.getByLabel('E-mail address').waitFor();
    });
  },
};

export const reloads: BrowserTest = {
  title: 'an account page asks for its link again after a reload, and offers the code where there is one',
  run: async (surroundings) => {
    await withAccountPage(surroundings, { path: `undo#token=${TOKEN}` }, async (page, sent) => {
      await page.reload();
      await see(page, 'Open the link in the mail again.');
      assert.equal(await page.locator('main button').count(), 0);
      assert.deepEqual(sent, []);
    });
    await withAccountPage(surroundings, { path: `reset#token=${TOKEN}` }, async (page) => {
      await page.reload();
      await see(page, 'Open the link in the mail again.');
      await press(page, 'I have a code');
      await page.getByLabel('Code from the mail').waitFor();
    });
    await withAccountPage(surroundings, { path: 'confirm' }, async (page) => {
      await see(page, 'This page needs a link.');
    });
  },
};

export const secondLink: BrowserTest = {
  title: 'an account page takes a second link that is opened in the same tab',
  run: (surroundings) =>
    withAccountPage(surroundings, { path: 'reset' }, async (page, sent) => {
      await page.getByLabel('E-mail address').waitFor();
      await page.evaluate((token) => (location.hash = `token=${token}`), TOKEN);
      await fill(page, 'New password', 'correct horse');
      assert.equal(page.url(), `${surroundings.url}/account/reset`);
      await press(page, 'Change the password');
      await see(page, 'The password is changed.');
      assert.deepEqual(sentBy(sent), [
        { route: 'POST /auth/password/reset/confirm', body: { token: TOKEN, new_password: 'correct horse' } },
      ]);
      await page.reload();
      assert.equal(await page.locator('#notice').textContent(), '');
    }),
};

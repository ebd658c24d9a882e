import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { lookAt, registerAdmin } from './admin-scene.ts';
import { changeUser } from '../../harness/operator.ts';
import { press, readLog, register, seeForm, seeResult, withPlayground } from './scene.ts';

export const appears: BrowserTest = {
  title: 'the playground lets administrators, and nobody else, administer users',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      const email = await register(page);
      assert.equal(await page.locator('#administration').isVisible(), false);
      await changeUser(url, email, { admin: true });
      await press(page, 'Who am I?');
      await page.locator('#administration').waitFor();
      assert.deepEqual((await readLog(page)).slice(0, 3), [
        'GET /auth/status 200',
        'POST /auth/refresh 200',
        'GET /auth/status 401',
      ]);
      await lookAt(page, email);
      await press(page, 'Here');
      await seeForm(page);
      assert.equal(await page.locator('#administration').isVisible(), false);
      await registerAdmin(page, url);
      for (const list of ['users', 'subject-fields']) assert.equal(await page.locator(`#${list} *`).count(), 0);
    }),
};

export const disappears: BrowserTest = {
  title: 'the playground says what to do to somebody who is no administrator any more',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      // The last administrator would stay one.
      await registerAdmin(page, url);
      await press(page, 'Here');
      await seeForm(page);
      const email = await registerAdmin(page, url);
      await changeUser(url, email, { admin: false });
      await press(page, 'Find users');
      await seeResult(page, 'account', /^admin_required Only .*npm run user -- admin EMAIL on/);
      assert.equal(await page.locator('#administration').isVisible(), false);
      await page.locator('#account-title:focus').waitFor();
    }),
};

import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { openPage } from '../watched-page.ts';
import { press, readLog, readToken, register, seeAccount, seeForm, seeResult, withPlayground } from './scene.ts';

export const memory: BrowserTest = {
  title: 'the playground forgets a login in memory when it is loaded again',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      await page.reload();
      await seeForm(page);
      assert.deepEqual(await readLog(page), []);
    }),
};

export const tabs: BrowserTest = {
  title: 'the playground keeps a login in localStorage over reloads, and shares it with other tabs',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      await page.getByLabel('localStorage').check();
      await seeResult(page, 'store', 'localStorage');
      // The page asks once more who is logged in. A reload would break that off.
      await page.locator('#requests .status.fine').nth(2).waitFor();
      await page.reload();
      await seeAccount(page, email);
      assert.deepEqual(await readLog(page), ['GET /auth/status 200']);

      const second = await openPage(page.context(), `${surroundings.url}/`);
      await seeAccount(second.page, email);
      await press(second.page, 'Refresh now');
      await seeResult(second.page, 'token', 'new one');
      await page.locator('#raw-token', { hasText: await second.page.locator('#raw-token').innerText() }).waitFor();
      assert.equal(await readToken(page), await readToken(second.page));
      await press(page, 'Here');
      await seeForm(second.page);
      await seeResult(second.page, 'account', 'Another tab');
      assert.equal(await second.page.locator('#token-result').textContent(), '');
      assert.deepEqual(second.problems, []);
    }),
};

export const moves: BrowserTest = {
  title: 'the playground moves a login from localStorage to memory, and other tabs notice',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await page.getByLabel('localStorage').check();
      const email = await register(page);
      const second = await openPage(page.context(), `${surroundings.url}/`);
      await seeAccount(second.page, email);
      await page.getByLabel('Memory').check();
      await seeResult(page, 'store', 'memory');
      await seeForm(second.page);
      assert.equal(await page.evaluate(() => localStorage.getItem('latchkey')), null);
      await press(page, 'Who am I?');
      await seeResult(page, 'account', 'says now');
    }),
};

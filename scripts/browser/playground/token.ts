import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { PASSWORD, press, readLog, readToken, register, seeResult, withPlayground } from './scene.ts';

export const decodes: BrowserTest = {
  title: 'the playground decodes the access token, and refreshes it when told so',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      const rows = await page.locator('#token-claims tr').allInnerTexts();
      assert.match(rows.join('\n'), new RegExp(`iss\\s+${surroundings.url}\\s+who issued it`));
      const former = await readToken(page);
      await press(page, 'Refresh now');
      await seeResult(page, 'token', 'new one');
      assert.notEqual(await readToken(page), former);
    }),
};

export const runsDown: BrowserTest = {
  title: 'the playground shows the life of a token run down, and the client replaces the token for the next request',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await page.clock.install();
      await register(page);
      const former = await readToken(page);
      await page.clock.fastForward(10_000);
      await page.locator('#life-text', { hasText: /^8[89]\d of 900 s left$/ }).waitFor();
      assert.ok((await page.locator('#life').evaluate((bar: HTMLProgressElement) => bar.value)) < 900);
      await page.clock.fastForward(900_000);
      await page.locator('#life-text', { hasText: 'Expired' }).waitFor();
      await press(page, 'Who am I?');
      await seeResult(page, 'account', 'says now');
      assert.deepEqual((await readLog(page)).slice(0, 2), ['GET /auth/status 200', 'POST /auth/refresh 200']);
      assert.notEqual(await readToken(page), former);
    }),
};

export const hides: BrowserTest = {
  title: 'the playground hides tokens and passwords, and offers lines for curl that need none or work as they are',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      const [header = '', claims = '', signature = ''] = (await readToken(page)).split('.');
      const text = (await page.locator('main').textContent()) ?? '';
      assert.ok(text.includes(header.slice(0, 8)));
      for (const secret of [header, claims, signature, PASSWORD]) assert.equal(text.includes(secret), false);
      const line = page.locator('.curl code').last();
      assert.match((await line.textContent()) ?? '', /"password":"'"\$PASSWORD"'"/);
      await page.getByLabel('Show tokens and passwords in full').check();
      assert.match((await line.textContent()) ?? '', /"password":"123456"/);
    }),
};

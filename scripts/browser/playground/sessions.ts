import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { PASSWORD, press, readToken, register, seeForm, seeResult, withPlayground } from './scene.ts';

async function logInElsewhere(url: string, email: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': 'elsewhere' };
  const body = JSON.stringify({ email, password: PASSWORD });
  assert.equal((await fetch(`${url}/auth/login`, { method: 'POST', headers, body })).status, 200);
}

export const endsSessions: BrowserTest = {
  title: 'the playground lists the sessions and ends them, one by one or all others',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      const email = await register(page);
      await logInElsewhere(surroundings.url, email);
      await logInElsewhere(surroundings.url, email);
      await press(page, 'List my sessions');
      await seeResult(page, 'sessions', 'Live sessions: 3.');
      await page
        .getByRole('button', { name: /^End .*elsewhere$/ })
        .first()
        .click();
      await seeResult(page, 'sessions', 'The session is over');
      assert.equal(await page.locator('#sessions li').count(), 2);
      await press(page, 'Others');
      await seeResult(page, 'account', 'All other sessions are over.');
      assert.equal(await page.locator('#sessions li').count(), 1);
      await page.getByRole('button', { name: /^End / }).click();
      await seeForm(page);
      assert.equal(await page.locator('#sessions li').count(), 0);
    }),
};

export const logsOutEverywhere: BrowserTest = {
  title: 'the playground logs out everywhere',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      await press(page, 'Everywhere');
      await seeForm(page);
      await seeResult(page, 'account', 'All sessions are over.');
      await press(page, 'List my sessions');
      await seeResult(page, 'sessions', 'not_logged_in');
    }),
};

export const forgetsResults: BrowserTest = {
  title: 'the playground says nothing about sessions and tokens of a session that is over',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await register(page);
      const token = await readToken(page);
      await press(page, 'Refresh now');
      await seeResult(page, 'token', 'new one');
      await press(page, 'List my sessions');
      await seeResult(page, 'sessions', 'Live sessions: 1.');
      const headers = { Authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${surroundings.url}/auth/logout`, { method: 'POST', headers })).status, 200);
      await press(page, 'Who am I?');
      await seeResult(page, 'account', 'The session is over.');
      for (const name of ['sessions', 'token']) {
        assert.equal(await page.locator(`#${name}-result`).textContent(), '');
      }
    }),
};

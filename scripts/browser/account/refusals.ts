import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findBarriers } from '../accessibility.ts';
import type { BrowserTest } from '../test-case.ts';
import { type Answer, fill, fine, PASSWORD, press, refusal, see, seeProblem, TOKEN, withAccountPage } from './scene.ts';

const said: [Answer, string][] = [
  [refusal(429, 'too_many_requests'), 'Wait a minute'],
  [refusal(202, 'email_taken'), 'There is an account with this address already.'],
  [refusal(503, 'storage_unavailable'), 'Nothing is lost'],
  [refusal(500, 'internal_error'), 'Nothing is lost'],
  [{ status: 502, body: ['a proxy'] }, 'Nothing is lost'],
  [undefined, 'Nothing is lost'],
  [refusal(418, 'some_teapot'), 'some_teapot'],
];

export const saysWhat: BrowserTest = {
  title: 'the account pages say what to do about each refusal, and let somebody press again',
  run: (surroundings) => {
    const answers = [...said.map(([answer]) => answer), fine];
    return withAccountPage(surroundings, { path: `register#token=${TOKEN}`, answers }, async (page, sent) => {
      for (const [, words] of said) {
        const before = sent.length;
        await fill(page, 'New password', PASSWORD);
        await press(page, 'Make the account');
        await see(page, words);
        assert.equal(sent.length, before + 1);
      }
      await press(page, 'Make the account');
      await see(page, 'Your account is ready.');
    });
  },
};

const short = { path: 'new_password', message: 'Must have at least 15 characters.' };

export const showsFields: BrowserTest = {
  title: 'the account pages show a refused password beside its field, in the language of the page',
  run: (surroundings) => {
    const answers = [
      refusal(400, 'invalid_request', [short]),
      refusal(400, 'invalid_request', [{ ...short, message: 'Must rhyme.' }]),
    ];
    return withAccountPage(surroundings, { path: `reset?lang=de#token=${TOKEN}`, answers }, async (page, sent) => {
      await press(page, 'Passwort ändern');
      await seeProblem(page, 'password', 'Füllen Sie dieses Feld aus.');
      assert.equal(sent.length, 0);
      await fill(page, 'Neues Passwort', 'short');
      await press(page, 'Passwort ändern');
      await seeProblem(page, 'password', 'Nehmen Sie mindestens 15 Zeichen.');
      await press(page, 'English');
      assert.equal(await page.locator('#password-problem').textContent(), short.message);
      assert.equal(await page.locator('#password').inputValue(), 'short');
      await press(page, 'Deutsch');
      await press(page, 'Passwort ändern');
      await seeProblem(page, 'password', 'Must rhyme.');
      assert.equal(await page.locator('#password-problem').getAttribute('lang'), 'en');
    });
  },
};

const noPassword = refusal(400, 'invalid_request', [{ path: 'password', message: 'Is missing.' }]);

const ends: { path: string; answer: Answer; words: string }[] = [
  { path: 'register', answer: noPassword, words: 'Register in the app' },
  { path: 'register', answer: refusal(403, 'registration_closed'), words: 'Nobody can register here.' },
  { path: 'register', answer: refusal(503, 'mail_unavailable'), words: 'sends no mail' },
  { path: 'reset', answer: refusal(503, 'mail_unavailable'), words: 'sends no mail' },
];

/** Asserts that the page shows its title and its notice alone, and that the focus is at the title. */
async function assertOver(page: Page): Promise<void> {
  await page.locator('#title:focus').waitFor();
  assert.equal(await page.locator('main :is(form, button, input)').count(), 0);
  assert.equal(await page.locator('#intro').textContent(), '');
  assert.deepEqual(await findBarriers(page), []);
}

export const endsThere: BrowserTest = {
  title: 'the account pages show a message in the place of a form that can never work',
  run: async (surroundings) => {
    for (const { path, answer, words } of ends) {
      await withAccountPage(surroundings, { path, answers: [answer] }, async (page) => {
        await fill(page, 'E-mail address', 'joe@gmail.com');
        await press(page, 'Send the mail');
        await see(page, words);
        await assertOver(page);
      });
    }
    const visit = { path: `register#token=${TOKEN}`, answers: [refusal(403, 'registration_closed')] };
    await withAccountPage(surroundings, visit, async (page) => {
      await fill(page, 'New password', PASSWORD);
      await press(page, 'Make the account');
      await see(page, 'Nobody can register here.');
      await assertOver(page);
    });
  },
};

import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { type Answer, fill, fine, PASSWORD, press, refusal, see, seeProblem, TOKEN, withAccountPage } from './scene.ts';

const said: [Answer, string][] = [
  [refusal(429, 'too_many_requests'), 'Wait a minute'],
  [refusal(403, 'registration_closed'), 'Nobody can register here.'],
  [refusal(202, 'email_taken'), 'There is an account with this address already.'],
  [refusal(503, 'mail_unavailable'), 'sends no mail'],
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

export const knowsOpen: BrowserTest = {
  title: 'the page to register leads to the app where registration takes no mail',
  run: (surroundings) => {
    const answers = [refusal(400, 'invalid_request', [{ path: 'password', message: 'Is missing.' }])];
    return withAccountPage(surroundings, { path: 'register', answers }, async (page) => {
      await fill(page, 'E-mail address', 'joe@gmail.com');
      await press(page, 'Send the mail');
      await see(page, 'Register in the app');
    });
  },
};

import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import {
  EMAIL,
  fill,
  fine,
  PASSWORD,
  press,
  refusal,
  see,
  seeProblem,
  sentBy,
  TOKEN,
  withAccountPage,
} from './scene.ts';

export const confirms: BrowserTest = {
  title: 'the page to confirm a change of the address sends its token',
  run: (surroundings) =>
    withAccountPage(surroundings, { path: `confirm#token=${TOKEN}` }, async (page, sent) => {
      await press(page, 'Use the new address');
      await see(page, 'The e-mail address is changed.');
      assert.deepEqual(sentBy(sent), [{ route: 'POST /auth/email/confirm', body: { token: TOKEN } }]);
    }),
};

export const undoes: BrowserTest = {
  title: 'the page that undoes a change of the address does nothing before somebody says that it was not them',
  run: (surroundings) =>
    withAccountPage(surroundings, { path: `undo#token=${TOKEN}` }, async (page, sent) => {
      await press(page, 'Undo the change');
      await seeProblem(page, 'sure', 'Tick this box first.');
      assert.deepEqual(sent, []);
      await page.getByLabel('I did not change the address').check();
      await press(page, 'Undo the change');
      await see(page, 'The former e-mail address is back.');
      assert.deepEqual(sentBy(sent), [{ route: 'POST /auth/email/undo', body: { token: TOKEN } }]);
    }),
};

const tokens = { auth_token: 'secret-a', refresh_token: 'secret-r' };

export const registersByLink: BrowserTest = {
  title: 'the page to register chooses a password by link, and drops the tokens of the answer',
  run: (surroundings) => {
    const answers = [{ status: 201, body: { status: 'success', ...tokens } }];
    return withAccountPage(surroundings, { path: `register#token=${TOKEN}`, answers }, async (page, sent) => {
      await fill(page, 'New password', PASSWORD);
      await page.getByLabel('Show the password').check();
      assert.equal(await page.locator('#password').getAttribute('type'), 'text');
      await press(page, 'Make the account');
      await see(page, 'Your account is ready.');
      assert.equal(/secret-[ar]/.test(await page.content()), false);
      assert.deepEqual(sentBy(sent), [
        { route: 'POST /auth/register/confirm', body: { token: TOKEN, password: PASSWORD } },
      ]);
    });
  },
};

const byCode = [
  {
    name: 'register',
    ask: '/auth/register',
    choose: 'Make the account',
    field: 'password',
    done: 'Your account is ready.',
  },
  {
    name: 'reset',
    ask: '/auth/password/reset',
    choose: 'Change the password',
    field: 'new_password',
    done: 'The password is changed.',
  },
];

export const codes = byCode.map(({ name, ask, choose, field, done }): BrowserTest => ({
  title: `the page ${name} asks for a mail, and takes its code`,
  run: (surroundings) => {
    const sentMail = { status: 202, body: { status: 'success', message: 'Check your mail.' } };
    const answers = [sentMail, refusal(400, 'invalid_challenge'), fine];
    return withAccountPage(surroundings, { path: name, answers }, async (page, sent) => {
      await fill(page, 'E-mail address', EMAIL);
      await press(page, 'Send the mail');
      await see(page, 'A mail is on its way to this address.');
      assert.equal(await page.getByLabel('E-mail address').inputValue(), EMAIL);
      await fill(page, 'Code from the mail', '1234');
      await fill(page, 'New password', PASSWORD);
      await press(page, choose);
      await seeProblem(page, 'code', 'The code has 8 digits.');
      await fill(page, 'Code from the mail', ' 1234-5678 ');
      await press(page, choose);
      await seeProblem(page, 'code', 'The code is wrong, used or too old.');
      await press(page, choose);
      await see(page, done);
      const confirm = { route: `POST ${ask}/confirm`, body: { email: EMAIL, code: '12345678', [field]: PASSWORD } };
      assert.deepEqual(sentBy(sent), [{ route: `POST ${ask}`, body: { email: EMAIL } }, confirm, confirm]);
    });
  },
}));

export const asksAgain: BrowserTest = {
  title: 'a page whose link has been used offers another mail, and goes back to the address from the code',
  run: (surroundings) => {
    const answers = [refusal(400, 'invalid_challenge'), fine];
    return withAccountPage(surroundings, { path: `reset#token=${TOKEN}`, answers }, async (page, sent) => {
      await fill(page, 'New password', PASSWORD);
      await press(page, 'Change the password');
      await see(page, 'This link has been used, or it is too old.');
      await page.locator('#title:focus').waitFor();
      await fill(page, 'E-mail address', EMAIL);
      await press(page, 'Send the mail');
      await see(page, 'A mail is on its way');
      await press(page, 'Ask for another mail');
      assert.equal(await page.getByLabel('E-mail address').inputValue(), EMAIL);
      assert.equal(sent.length, 2);
    });
  },
};

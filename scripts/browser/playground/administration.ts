import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../test-case.ts';
import { changeUser } from './operator.ts';
import { newEmail, PASSWORD, press, readLog, register, seeForm, seeResult, withPlayground } from './scene.ts';

/** A program that would like to be markup. */
export const HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>';

/** Registers somebody new, and makes an administrator of them. Returns the address. */
export async function registerAdmin(page: Page, url: string): Promise<string> {
  const email = await register(page);
  await changeUser(url, email, { admin: true });
  await press(page, 'Who am I?');
  await page.locator('#administration').waitFor();
  return email;
}

/** Registers somebody new with the program `HOSTILE`. Returns the address. */
export async function registerElsewhere(url: string): Promise<string> {
  const email = newEmail();
  assert.equal(await post(`${url}/auth/register`, { email, password: PASSWORD }), 201);
  return email;
}

/** The status of the response to a form that the program `HOSTILE` sends. */
async function post(url: string, fields: Record<string, string>): Promise<number> {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': HOSTILE };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(fields) })).status;
}

/** Finds the user with the address `email`, and shows it. */
export async function lookAt(page: Page, email: string): Promise<void> {
  await page.getByLabel(/^Beginning of an e-mail/).fill(email.slice(0, 20));
  await press(page, 'Find users');
  await press(page, email);
  await page.locator('#subject-title:focus', { hasText: email }).waitFor();
  await see(page, 'This is the user now.');
}

const see = (page: Page, words: string | RegExp) => seeResult(page, 'administration', words);

const seeField = (page: Page, words: RegExp) => page.locator('#subject-fields', { hasText: words }).waitFor();

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

export const disables: BrowserTest = {
  title: 'the playground finds users, disables and enables one, and shows the requests as lines for curl',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      const own = await registerAdmin(page, url);
      const email = await registerElsewhere(url);
      await lookAt(page, email);
      await seeField(
        page,
        /E-mail verified\s*no.*Disabled\s*–.*Live sessions\s*1\s*.*Last login\s*\d.*Has to wait\s*–/s,
      );
      await press(page, 'Disable');
      await see(page, 'User changed. Sessions that have ended: 1.');
      await seeField(page, /Disabled\s*\d.*Live sessions\s*0/s);
      const line = (await page.locator('.curl code').nth(1).textContent()) ?? '';
      assert.match(
        line,
        /^curl -s -X PATCH \S+\/admin\/users\/\S+ -H "authorization: Bearer \$TOKEN" .*'\{"disabled":true\}'$/,
      );
      await page.getByLabel('Disabled users only').check();
      await press(page, 'Find users');
      await page.locator('#users li', { hasText: `${email}disabled` }).waitFor();
      await press(page, 'Enable');
      await see(page, 'User changed. Sessions that have ended: 0.');
      await seeField(page, /Disabled\s*–/);
      await page.getByLabel('Disabled users only').uncheck();
      await lookAt(page, own);
      await press(page, 'Disable');
      await see(page, 'own_account');
    }),
};

export const changesRoles: BrowserTest = {
  title: 'the playground changes the roles of a user, unless somebody else has changed the user meanwhile',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      const own = await registerAdmin(page, url);
      const email = await registerElsewhere(url);
      await lookAt(page, email);
      const change = async (roles: string) => {
        await page.getByLabel('Roles, with commas between them').fill(roles);
        await press(page, 'Change the roles');
      };
      await change('No Role!');
      await see(page, 'invalid_request');
      await page.locator('#subject-roles:focus[aria-invalid="true"]').waitFor();
      await change('writer, editor');
      await see(page, 'User changed.');
      await seeField(page, /Roles\s*editor, writer/);
      await changeUser(url, email, { roles: ['owner'] });
      await change('reader');
      await see(page, 'precondition_failed');
      await press(page, 'Show again');
      await seeField(page, /Roles\s*owner/);
      await page.getByLabel('Role', { exact: true }).fill('owner');
      await lookAt(page, email);
      await page.getByLabel('Role', { exact: true }).fill('');
      await lookAt(page, own);
      await change('owner');
      await page.locator('#token-claims', { hasText: /roles\s*\["owner"\]/ }).waitFor();
    }),
};

export const endsTheirSessions: BrowserTest = {
  title: 'the playground lists and ends the sessions of a user',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      const own = await registerAdmin(page, url);
      const email = await registerElsewhere(url);
      await lookAt(page, email);
      await press(page, 'List sessions');
      await see(page, 'Live sessions: 1.');
      assert.equal(await page.locator('#subject-sessions .agent').innerText(), HOSTILE);
      await page.locator('#subject-sessions button').click();
      await see(page, 'The session is over.');
      await page.locator('#subject-title:focus').waitFor();
      assert.equal(await page.locator('#subject-sessions li').count(), 0);
      await lookAt(page, own);
      await press(page, 'End all sessions');
      await seeForm(page);
    }),
};

export const unlocks: BrowserTest = {
  title: 'the playground shows how long a user has to wait for the next login, and ends that',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      await registerAdmin(page, url);
      const email = await registerElsewhere(url);
      const logIn = (password: string) => post(`${url}/auth/login`, { email, password });
      for (let attempts = 0; attempts < 11; attempts += 1) await logIn('wrong password');
      // The service does not tell strangers that the password is right.
      assert.equal(await logIn(PASSWORD), 404);
      await lookAt(page, email);
      await seeField(page, /Last failure\s*\d.*Has to wait\s*one network until \d/s);
      await press(page, 'Unlock');
      await see(page, 'Counters of attempts that are forgotten:');
      await seeField(page, /Has to wait\s*–/);
      assert.equal(await logIn(PASSWORD), 200);
    }),
};

export const listsEvents: BrowserTest = {
  title: 'the playground lists the events of all users and of one, and shows what others have chosen as text',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      await registerAdmin(page, url);
      const email = await registerElsewhere(url);
      const events = page.locator('#events li');
      await press(page, 'Newest events');
      await see(page, 'Shown:');
      await events.filter({ hasText: 'user_registered' }).first().getByRole('button').click();
      await page.locator('#subject-title:focus', { hasText: email }).waitFor();
      for (const role of 'abcdefghij') await changeUser(url, email, { roles: [role] });
      await press(page, 'List events');
      await see(page, 'Shown: 10. There are more.');
      assert.match(await events.first().innerText(), /^roles_changed\n.*, by operator\n/);
      await press(page, 'Older events');
      await see(page, /^Shown: 1\d\.$/);
      await page.locator('#events-title:focus').waitFor();
      const words = (await events.allInnerTexts()).join('\n');
      assert.match(words, /user_registered\n.*, by user\n/);
      assert.ok(words.includes(HOSTILE));
      assert.equal(await page.locator('#administration :is(img, b)').count(), 0);
      assert.equal(await page.title(), 'Latchkey playground');
    }),
};

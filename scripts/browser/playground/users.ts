import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { HOSTILE, lookAt, post, registerAdmin, registerElsewhere, see, seeField } from './admin-scene.ts';
import { changeUser } from '../../harness/operator.ts';
import { PASSWORD, press, seeForm, withPlayground } from './scene.ts';

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

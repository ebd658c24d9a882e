import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../test-case.ts';
import { withPage } from '../watched-page.ts';
import { servePages } from './project.ts';
import { newUser, withVisit } from './visit.ts';

type User = ReturnType<typeof newUser>;

const submit = async (page: Page, button: 'Register' | 'Log in', { email, password }: User) => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: button }).click();
};
const logOut = (page: Page) => page.getByRole('button', { name: 'Log out' }).click();
const seesUser = (page: Page, { email }: User) => page.getByText(`You are ${email}.`).waitFor();
const seesForm = (page: Page) => page.getByLabel('Password').waitFor();

export const exampleTests: BrowserTest[] = [
  {
    title: 'the page of the example registers, stays logged in over a reload, logs out and logs in',
    run: async (surroundings) => {
      const url = await servePages(surroundings);
      await withPage(surroundings.browser, { url, mayCall: [surroundings.url] }, async ({ page }) => {
        const user = newUser();
        await submit(page, 'Register', user);
        await seesUser(page, user);
        await page.reload();
        await seesUser(page, user);
        await logOut(page);
        await seesForm(page);
        assert.equal(await page.getByLabel('Password').inputValue(), '');
        await submit(page, 'Log in', user);
        await seesUser(page, user);
      });
    },
  },
  {
    title: 'the page of the example shows why a login or a registration is refused',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openExample }) => {
        const page = await openExample();
        const alert = page.getByRole('alert');
        await submit(page, 'Log in', newUser());
        await alert.getByText('The e-mail or the password is wrong.').waitFor();
        const user = newUser();
        await submit(page, 'Register', { ...user, password: 'x' });
        await alert.getByText('password: Must').waitFor();
        await submit(page, 'Register', user);
        await seesUser(page, user);
        assert.equal(await alert.textContent(), '');
      }),
  },
  {
    title: 'a second tab of the example follows the first one',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openExample }) => {
        const [first, second] = [await openExample(), await openExample()];
        for (const user of [newUser(), newUser()]) {
          await submit(first, 'Register', user);
          for (const page of [first, second]) await seesUser(page, user);
          await logOut(second);
          for (const page of [second, first]) await seesForm(page);
        }
      }),
  },
];

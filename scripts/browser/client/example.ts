import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { createApp } from '../account/security/app.ts';
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

const giveCode = async (page: Page, code: string) => {
  await page.getByLabel('Code from your app, or a recovery code').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
};

/** Sets up an app for whoever is logged in on the page with the client, with `code` as its first one. */
async function setUpApp(probe: Page) {
  const { secret, enrolmentToken } = await probe.evaluate(() => latchkey.beginTotp());
  const nextCode = createApp(secret);
  const code = await nextCode();
  const confirmation = { enrolmentToken, code };
  const { recoveryCodes } = await probe.evaluate((given) => latchkey.confirmTotp(given), confirmation);
  return { nextCode, usedCode: code, recoveryCode: recoveryCodes?.[0] ?? '' };
}

/** Has the next login of the page refused with `code`, for an account with a passkey. */
async function refuseNextLogin(page: Page, code: string): Promise<void> {
  const challenge = {
    challenge_token: 'x',
    expires_in: 600,
    methods: ['passkey'],
    passkey_options: { challenge: 'x' },
  };
  const json = { status: 'fail', code, message: 'No.', request_id: 'x', ...challenge };
  const headers = { 'Access-Control-Allow-Origin': '*' };
  await page.route('**/auth/login', (route) => route.fulfill({ status: 403, headers, json }), { times: 1 });
}

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
    title: 'the page of the example asks for the second factor, takes a recovery code too, and lets one go back',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openExample, openProbe }) => {
        const [page, probe, user] = [await openExample(), await openProbe(), newUser()];
        const logIn = async () => {
          await logOut(page);
          await submit(page, 'Log in', user);
        };
        await submit(page, 'Register', user);
        await seesUser(page, user);
        const { nextCode, usedCode, recoveryCode } = await setUpApp(probe);
        await logIn();
        await giveCode(page, usedCode);
        await page.getByRole('alert').getByText('The code or passkey is wrong').waitFor();
        assert.equal(await page.getByRole('button', { name: 'Use a passkey' }).isVisible(), false);
        await page.getByRole('button', { name: 'Back' }).click();
        await submit(page, 'Log in', user);
        const code = await nextCode();
        await giveCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
        await seesUser(page, user);
        await logIn();
        await giveCode(page, recoveryCode);
        await seesUser(page, user);
      }),
  },
  {
    title: 'the page of the example offers a passkey, and says where to set up a second factor that is needed',
    run: (surroundings) =>
      withVisit(surroundings, async ({ openExample }) => {
        const page = await openExample();
        await refuseNextLogin(page, 'second_factor_enrolment_required');
        await submit(page, 'Log in', newUser());
        const alert = page.getByRole('alert');
        await alert.getByText('Your account needs a second factor.').waitFor();
        const link = alert.getByRole('link', { name: 'Set up a second factor' });
        assert.equal(await link.getAttribute('href'), `${surroundings.url}/account/security`);
        await refuseNextLogin(page, 'second_factor_required');
        await submit(page, 'Log in', newUser());
        await page.getByRole('button', { name: 'Use a passkey' }).waitFor();
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

import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Surroundings } from '../test-case.ts';
import { withPage } from '../watched-page.ts';

/** A token of the right form. */
export const TOKEN = `01a21687-ed01-75e3-a603-17a873145f4d.${'Ab_-'.repeat(10)}Abc`;

export const EMAIL = 'joe@gmail.com';

export const PASSWORD = 'correct horse battery staple';

/** What the page sent: the route, its body and its language, and what the address bar showed then. */
export type Sent = { route: string; body: unknown; language: string | undefined; address: string };

/** How a stand-in for the service answers, in turn. The last answer stays. `undefined` breaks the connection. */
export type Answer = { status: number; body: object } | undefined;

export const fine: Answer = { status: 200, body: { status: 'success' } };

export const refusal = (status: number, code: string, errors?: object[]): Answer => ({
  status,
  body: { status: 'fail', code, message: 'Said by the service.', request_id: 'id', ...(errors && { errors }) },
});

/** The lines that Chromium prints about an answer from 400 on, and about a connection that broke. */
export const EXPECTED = /^error: Failed to load resource|^failed: /;

type Visit = BrowserContextOptions & { path: string; answers?: Answer[] };

/**
 * Opens the account page at `path`, such as `reset?lang=de#token=…`, in a context of its own. A stand-in answers in the
 * place of the service. Asserts that the page has sent nothing when `use` begins.
 */
export async function withAccountPage(
  { browser, url }: Surroundings,
  { path, answers = [fine], ...options }: Visit,
  use: (page: Page, sent: Sent[]) => Promise<void>,
): Promise<void> {
  const visit = { locale: 'en-GB', ...options, url: `${url}/account/${path}`, mayReport: EXPECTED };
  await withPage(browser, visit, async ({ page, requests }) => {
    await page.locator('#host', { hasText: 'localhost' }).waitFor();
    assert.deepEqual(
      requests.filter((request) => !/\/account\/|^data:/.test(request)),
      [],
    );
    await use(page, await standIn(page, answers));
  });
}

async function standIn(page: Page, answers: Answer[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  await page.route('**/auth/**', async (route) => {
    const request = route.request();
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push({
      route: `${request.method()} ${new URL(request.url()).pathname}`,
      body: request.postDataJSON(),
      language: request.headers()['accept-language'],
      address: page.url(),
    });
    if (answer === undefined) return route.abort();
    return route.fulfill({ status: answer.status, json: answer.body });
  });
  return sent;
}

export const press = (page: Page, button: string) => page.getByRole('button', { name: button, exact: true }).click();

export const fill = (page: Page, label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);

/** Waits until the page says `words` below its title. */
export async function see(page: Page, words: string | RegExp): Promise<void> {
  await page.locator('#notice', { hasText: words }).waitFor();
}

/** Waits until the page says `words` beside the field `name`, and asserts that the focus is there. */
export async function seeProblem(page: Page, name: string, words: string): Promise<void> {
  await page.locator(`#${name}-problem`, { hasText: words }).waitFor();
  await page.locator(`#${name}:focus`).waitFor();
  const input = page.locator(`#${name}`);
  assert.equal(await input.getAttribute('aria-invalid'), 'true');
  assert.equal(await input.getAttribute('aria-describedby'), `${name}-problem`);
}

/** The bodies that the page sent, by route. */
export const sentBy = (sent: Sent[]) => sent.map(({ route, body }) => ({ route, body }));

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { BrowserTest } from '../test-case.ts';
import { openPage } from '../watched-page.ts';
import { findMail } from './mails.ts';
import { assertLogin, call, registerSomebody } from './people.ts';

const GUIDE = 'docs/how-to/your-own-account-pages.md';

/** Serves `html` at every path of a free port. */
async function serve(html: string): Promise<{ origin: string; stop: () => void }> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { origin: `http://localhost:${address.port}`, stop: () => server.close() };
}

export const guide: BrowserTest = {
  title: 'the page of the guide resets a password from another origin',
  run: async ({ browser, url, output }) => {
    const [, html = ''] = /^```html\n([^]*?)^```/m.exec(readFileSync(GUIDE, 'utf8')) ?? [];
    const { email } = await registerSomebody(url, 'a former password');
    assert.equal((await call(url, '/auth/password/reset', { body: { email } })).status, 202);
    const { hash } = new URL((await findMail(output, email, 'reset')).link);

    const app = await serve(html.replaceAll('https://auth.example.org', url));
    const context = await browser.newContext();
    const { page, requests } = await openPage(context, `${app.origin}/account/reset${hash}`, [url]);
    const submit = async (password: string) => {
      await page.getByLabel('New password').fill(password);
      await page.getByRole('button').click();
    };
    await page.getByLabel('New password').waitFor();
    assert.equal(page.url(), `${app.origin}/account/reset`);
    assert.deepEqual(
      requests.filter((request) => request.startsWith(url)),
      [],
    );
    await submit('1');
    await page.getByText('Must have at least 6 characters.').waitFor();
    await submit('a new password');
    await page.getByText('You can log in with the new password now.').waitFor();
    await assertLogin(url, email, 'a new password', 200);
    await page.goto(`${app.origin}/account/reset?again${hash}`);
    await submit('a new password');
    await page.getByText('This link has been used, or it is too old.').waitFor();
    await context.close();
    app.stop();
  },
};

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import app from '../../examples/browser-session/worker.ts';
import { createApp } from '../../src/http/app.ts';
import { wire } from '../../src/wire.ts';
import { joe, startService } from '../support/service.ts';
import { fail, watchDatabase } from '../support/storage.ts';

const ORIGIN = 'https://app.example.org';

/** The example with cookies as a browser keeps them, in front of a Latchkey that may be given other `bindings`. */
function openBrowser(bindings: object = {}) {
  const latchkey = createApp(wire);
  const LATCHKEY = {
    fetch: async (url: RequestInfo | URL, init?: RequestInit) =>
      latchkey.request(new Request(url, init), undefined, { ...env, ...bindings }),
  };
  const cookies = new Map<string, string>();
  async function send(
    method: string,
    path: string,
    { body, origin = ORIGIN }: { body?: object; origin?: string } = {},
  ) {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const init = { method, headers: { cookie, origin }, ...(body && { body: JSON.stringify(body) }) };
    const response = await app.request(ORIGIN + path, init, { LATCHKEY });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }
  return { cookies, send, logIn: () => send('POST', '/session', { body: joe }) };
}

describe('the example of browser sessions', () => {
  it('keeps both tokens in cookies that no script and no other site can use', async () => {
    await startService().register();
    const response = await openBrowser().logIn();
    expect([response.status, await response.text()]).toEqual([204, '']);
    const attributes = response.headers.getSetCookie().map((line) => line.replace(/=[^;]+/, '='));
    expect(attributes).toEqual([
      '__Host-access=; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Strict',
      '__Host-refresh=; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Strict',
    ]);
  });

  it('authenticates by cookie, refreshes and logs out', async () => {
    await startService().register();
    const { cookies, send, logIn } = openBrowser();
    expect((await send('GET', '/api/me')).status).toBe(401);
    await logIn();
    expect(await (await send('GET', '/api/me')).json()).toMatchObject({ data: { email: joe.email } });
    cookies.delete('__Host-access');
    expect((await send('GET', '/api/me')).status).toBe(401);
    expect((await send('POST', '/session/refresh')).status).toBe(204);
    expect((await send('GET', '/api/me')).status).toBe(200);
    expect((await send('DELETE', '/session')).status).toBe(204);
    expect([...cookies]).toEqual([]);
    expect((await send('POST', '/session/refresh')).status).toBe(401);
  });

  it('refuses requests from pages of other origins', async () => {
    await startService().register();
    const { send, logIn } = openBrowser();
    await logIn();
    for (const origin of ['https://other.example.org', 'null', '']) {
      expect((await send('POST', '/session', { body: joe, origin })).status).toBe(403);
      expect((await send('DELETE', '/session', { origin })).status).toBe(403);
    }
    expect((await send('GET', '/api/me')).status).toBe(200);
  });

  it('keeps the cookies when the logout fails, so that the page can repeat it', async () => {
    await startService().register();
    const { cookies, send, logIn } = openBrowser(
      watchDatabase((sql) => (sql.some((each) => each.startsWith('update "sessions"')) ? fail() : undefined)),
    );
    await logIn();
    expect((await send('DELETE', '/session')).status).toBe(503);
    expect([...cookies.keys()]).toEqual(['__Host-access', '__Host-refresh']);
  });
});

import assert from 'node:assert/strict';

const PAGES = ['verify', 'register', 'confirm', 'reset', 'undo', 'security'];

/** Opens the pages of an account, and what they load. */
export async function openPages(url: string): Promise<void> {
  for (const name of [...PAGES, 'account.js', 'account.css', 'security.js', 'security.css']) {
    const response = await fetch(`${url}/account/${name}`);
    assert.equal(response.status, 200, name);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  }
  console.log('ok: the account pages');
}

import { beforeEach, describe, expect, it } from 'vitest';
import { emptyTables } from '../../support/database.ts';
import { startAdministration } from '../../support/administration.ts';

const { ask, make, change, find, show } = startAdministration();

beforeEach(emptyTables);

describe('finding users', () => {
  it('finds by the beginning of an address, in any case, in the order of the addresses', async () => {
    for (const email of ['joe@gmail.com', 'joanna@gmail.com', 'jane@gmail.com', 'xjo@gmail.com']) await make({ email });
    expect(await find('email=JO')).toEqual({ status: 200, emails: ['joanna@gmail.com', 'joe@gmail.com'], next: null });
    expect(await find('email=joe@gmail.com')).toMatchObject({ emails: ['joe@gmail.com'] });
    expect(await find('email=nobody')).toMatchObject({ emails: [] });
  });

  it('finds by the beginning of a domain', async () => {
    for (const email of ['b@example.org', 'a@example.org', 'c@example.com', 'd@other.org', 'e@bücher.example'])
      await make({ email });
    expect(await find('email=@example')).toMatchObject({ emails: ['c@example.com', 'a@example.org', 'b@example.org'] });
    expect(await find('email=@example.org')).toMatchObject({ emails: ['a@example.org', 'b@example.org'] });
    expect(await find(`email=${encodeURIComponent('@Bücher.example')}`)).toMatchObject({
      emails: ['e@xn--bcher-kva.example'],
    });
  });

  it('finds an address in every spelling, and no other', async () => {
    await make({ email: 'joe@gmail.com' });
    await make({ email: 'joe@gmail.com.example' });
    expect(await find('address=%20JOE@Gmail.com%20')).toEqual({ status: 200, emails: ['joe@gmail.com'], next: null });
    expect(await find('address=jo@gmail.com')).toMatchObject({ emails: [] });
    expect(await find('address=joe')).toMatchObject({ status: 400 });
  });

  it.each(['%', '_', '%25', 'j_e', "' OR 1=1 --", '*', 'joe%', '\u{10FFFF}', 'joe@gmail.com"', '?', '[j]'])(
    'takes %j as it is',
    async (text) => {
      await make({ email: 'joe@gmail.com' });
      expect(await find(`email=${encodeURIComponent(text)}`)).toMatchObject({ status: 200, emails: [] });
      const odd = { email: `${text.replaceAll(/[^%_*?'-]/gu, '')}x@gmail.com` };
      if (odd.email.length === 'x@gmail.com'.length) return;
      await make(odd);
      const start = encodeURIComponent(odd.email.slice(0, -11));
      expect(await find(`email=${start}`)).toMatchObject({ emails: [odd.email] });
    },
  );

  it('refuses a text that is too long or empty', async () => {
    for (const length of [255, 10_000]) {
      expect((await ask({ route: `GET /admin/users?email=${'x'.repeat(length)}` })).body).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: 'email' }],
      });
    }
    expect(await find('email=')).toMatchObject({ status: 400 });
    expect(await find(`email=${'x'.repeat(254)}`)).toMatchObject({ status: 200, emails: [] });
  });

  it('lists each user once, newest first, page by page', async () => {
    const emails: string[] = [];
    for (let i = 0; i < 7; i += 1) emails.unshift((await make()).email);
    const listed: unknown[] = [];
    let after = '';
    do {
      const page = await find(`limit=3${after}`);
      listed.push(...page.emails);
      after = typeof page.next === 'string' ? `&after=${page.next}` : '';
    } while (after !== '');
    expect(listed).toEqual(emails);
  });

  it('goes on by address where a part of it is given', async () => {
    for (const email of ['ab@x.org', 'aa@x.org', 'ac@x.org']) await make({ email });
    for (const part of ['a', '@x']) {
      const first = await find(`email=${part}&limit=2`);
      expect(first).toMatchObject({ emails: ['aa@x.org', 'ab@x.org'], next: 'ab@x.org' });
      expect(await find(`email=${part}&limit=2&after=ab@x.org`)).toMatchObject({ emails: ['ac@x.org'], next: null });
    }
  });

  it('filters by role, right and state, alone and together', async () => {
    const editor = await make({ roles: ['editor'] });
    const admin = await make({ admin: true, email_verified: true, roles: ['editor', 'viewer'] });
    const disabled = await make({ roles: ['viewer'] });
    await change(disabled.id, { disabled: true });
    expect(await find('role=editor')).toMatchObject({ emails: [admin.email, editor.email] });
    expect(await find('role=edit')).toMatchObject({ emails: [] });
    expect(await find('admin=true')).toMatchObject({ emails: [admin.email] });
    expect(await find('admin=false')).toMatchObject({ emails: [disabled.email, editor.email] });
    expect(await find('disabled=true')).toMatchObject({ emails: [disabled.email] });
    expect(await find('disabled=false')).toMatchObject({ emails: [admin.email, editor.email] });
    expect(await find('unverified=true')).toMatchObject({ emails: [disabled.email, editor.email] });
    expect(await find('unverified=false&role=viewer')).toMatchObject({ emails: [admin.email] });
    expect(await find('disabled=true&role=editor')).toMatchObject({ emails: [] });
    expect(await find(`email=user&role=viewer&disabled=true`)).toMatchObject({ emails: [disabled.email] });
  });

  it('forgets a role that was taken away, and the roles of who is gone', async () => {
    const { id } = await make({ roles: ['editor', 'viewer'] });
    await change(id, { roles: ['viewer'] });
    expect(await find('role=editor')).toMatchObject({ emails: [] });
    await ask({ route: `DELETE /admin/users/${id}` });
    expect(await find('role=viewer')).toMatchObject({ emails: [] });
  });

  it.each([
    'emial=joe',
    'email[]=joe',
    '__proto__=1',
    'address=joe@gmail.com&admin=true',
    'limit=0',
    'limit=101',
    'limit=x',
    'admin=yes',
    'after=x',
    'after=1.',
    `role=${'r'.repeat(65)}`,
  ])('refuses %j', async (query) => expect(await find(query)).toMatchObject({ status: 400 }));

  it('shows a user, and says 404 of an id that nobody has', async () => {
    const { id, email } = await make({ roles: ['b', 'a'], claims: { tenant: 'acme' }, locale: 'de' });
    expect(await show(id)).toMatchObject({
      user_id: id,
      email,
      email_verified: false,
      admin: false,
      roles: ['a', 'b'],
      claims: { tenant: 'acme' },
      locale: 'de',
      disabled_on: null,
      live_sessions: 0,
      login: { password_scheme: 'pbkdf2-sha256-split', last_login_on: null, last_failed_on: null, waits: [] },
    });
    for (const unknown of [crypto.randomUUID(), 'x', email, 'x'.repeat(5000)]) {
      const { status, body } = await ask({ route: `GET /admin/users/${encodeURIComponent(unknown)}` });
      expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'unknown_user' });
    }
  });
});

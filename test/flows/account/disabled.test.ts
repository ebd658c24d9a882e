import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import afterALeak from '../../../docs/how-to/after-a-leak.md?raw';
import manageAccounts from '../../../docs/how-to/manage-accounts.md?raw';
import { sql } from '../../support/database.ts';
import { joe, startService, tokensOf } from '../../support/service.ts';

const guides = manageAccounts + afterALeak;

const commands = Array.from(
  guides.matchAll(/d1 execute DB --remote --command "([^"]+)"/g),
  ([, command = '']) => command,
);

/** Runs the command of the guides that contains `part`, for the user `id`; returns the rows of its first statement. */
async function run(part: string, id = '') {
  const command = commands.find((candidate) => candidate.includes(part)) ?? `no command has ${part}`;
  const [first, ...others] = command.replaceAll('USER_ID', id).split(';');
  const rows = await sql(first ?? '');
  for (const statement of others) await sql(statement);
  return rows;
}

/** Puts the entry of the guide into KV, for the user and the version in `row`. */
async function tellTheEdge([row = {}]: Record<string, unknown>[]) {
  const [, key = '', value = '', ttl] = /--binding DENYLIST "(.+?)" "(.+?)" --ttl (\d+)/.exec(guides) ?? [];
  const put = key.replace('USER_ID', String(row['id']));
  await env.DENYLIST.put(put, value.replace('VERSION', String(row['version'])), { expirationTtl: Number(ttl) });
}

/** Registers two users and returns the tokens and the id of the first. */
async function registerTwo() {
  const { register } = startService();
  const tokens = tokensOf(await register());
  await register({ ...joe, email: 'jane@gmail.com' });
  const [row = {}] = await sql('SELECT id FROM users WHERE email = ?', joe.email);
  return { ...tokens, id: String(row['id']) };
}

const revoked = { status: 401, body: { code: 'revoked_token' } };

describe('the guide for operators', () => {
  it('disables an account and ends its sessions for good', async () => {
    const { logIn, status, refresh, verify } = startService();
    // A location that has read KV for this user caches that for a minute.
    const elsewhere = startService();
    const { access, refresh: token, id } = await registerTwo();
    expect(await run('disabled_at = unixepoch()')).toEqual([{ id }]);
    expect(await status(access)).toMatchObject({ status: 401 });
    expect(await refresh(token)).toMatchObject({ status: 401 });
    expect(await logIn()).toMatchObject({ status: 404 });
    await tellTheEdge(await run("WHERE id = 'USER_ID' RETURNING", id));
    expect(await elsewhere.verify(access)).toMatchObject(revoked);
    await sql('UPDATE users SET disabled_at = NULL');
    expect(await status(access)).toMatchObject(revoked);
    expect(await refresh(token)).toMatchObject({ status: 401 });
    const again = tokensOf(await logIn());
    expect(await status(again.access)).toMatchObject({ status: 200 });
    expect(await verify(again.access)).toMatchObject({ status: 204 });
    expect(await sql('SELECT 1 FROM sessions WHERE revoked_at IS NULL')).toHaveLength(2);
  });

  it('ends all sessions of one user after a leak, and of nobody else', async () => {
    const { logIn, status, verify } = startService();
    const { access, id } = await registerTwo();
    const rows = await run("WHERE id = 'USER_ID' RETURNING", id);
    expect(rows).toEqual([{ id, version: 1 }]);
    await tellTheEdge(rows);
    expect(await status(access)).toMatchObject(revoked);
    expect(await verify(access)).toMatchObject(revoked);
    expect(await status(tokensOf(await logIn()).access)).toMatchObject({ status: 200 });
    expect(await sql('SELECT 1 FROM sessions WHERE revoked_at IS NULL')).toHaveLength(2);
  });

  it('ends the sessions of everybody after a leak', async () => {
    const { logIn, status, refresh } = startService();
    const { access, refresh: token } = await registerTwo();
    await run('UPDATE users SET version = version + 1;');
    expect(await status(access)).toMatchObject(revoked);
    expect(await refresh(token)).toMatchObject({ status: 401 });
    expect(await sql('SELECT 1 FROM sessions WHERE revoked_at IS NULL')).toEqual([]);
    expect(await status(tokensOf(await logIn()).access)).toMatchObject({ status: 200 });
  });
});

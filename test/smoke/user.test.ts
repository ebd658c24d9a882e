import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startService } from '../../scripts/harness/service.ts';
import { command as events } from '../../scripts/ops/events.ts';
import { command as user } from '../../scripts/ops/user.ts';
import { call } from '../scripts/call.ts';

const state = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

it('operates the service that npm run dev has started, without SQL', async () => {
  const service = await startService({ state, isQuiet: true });
  const post = async (path: string, password: string) => {
    const body = JSON.stringify({ email: 'joe@gmail.com', password });
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    return (await fetch(service.url + path, init)).status;
  };
  const run = async (...args: string[]) => {
    const { status, stdout, stderr } = await call(user, ...args, '--url', service.url);
    return `${status} ${stdout}${stderr}`.trim();
  };
  try {
    expect(await post('/auth/register', '123456')).toBe(201);
    expect(await run('admin', 'JOE@gmail.com', 'on')).toMatch(/^0 joe@gmail.com is an administrator/);
    expect(await run('find', 'jo', '--admin')).toContain('joe@gmail.com');
    expect(await run('roles', 'joe@gmail.com', '+editor', '+b')).toMatch(/^0 joe@gmail.com has the roles b, editor/);
    expect(await run('roles', 'joe@gmail.com', '-b')).toMatch(/^0 joe@gmail.com has the role editor/);
    expect(await run('disable', 'joe@gmail.com')).toMatch(/^1 This is the last administrator/);
    expect(await run('disable', 'joe@gmail.com', '--last-admin')).toBe('0 Disabled joe@gmail.com. Ended 1 session.');
    expect(await post('/auth/login', '123456')).toBe(404);
    const why = await run('why', 'joe@gmail.com');
    expect(why).toMatch(/^0 joe@gmail.com has an account/);
    expect(why).toMatch(/disabled since .* by the operator\.\n {2}npm run user -- enable joe@gmail.com/);
    expect(await run('enable', 'joe@gmail.com')).toMatch(/^0 Enabled joe@gmail.com/);
    expect(await post('/auth/login', '123456')).toBe(200);
    expect(await run('sessions', 'joe@gmail.com')).toMatch(/^0 id .*\n[\w-]{36} /);
    expect(await run('reset', 'joe@gmail.com', '--link')).toMatch(/\/account\/reset\S*#token=/);
    expect(await run('logout-everybody', '--yes', '--reset-passwords')).toMatch(/^0 Ended 1 session of 1 user/);
    expect(await run('why', 'joe@gmail.com')).toContain('No password can be right');
    expect(await run('delete', 'joe@gmail.com', '--last-admin', '--yes')).toMatch(/^0 Deleted joe@gmail.com/);
    expect(await run('show', 'joe@gmail.com')).toBe('1 There is no account with this address.');
    const { stdout } = await call(events, '--limit', '50', '--json', '--url', service.url);
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => event.parse(JSON.parse(line)));
    expect(told.map(({ type, actor }) => `${type} ${actor}`)).toEqual(
      expect.arrayContaining([
        'user_registered user',
        'admin_granted operator',
        'user_disabled operator',
        'user_deleted operator',
      ]),
    );
  } finally {
    await service.stop();
  }
});

const event = z.object({ type: z.string(), actor: z.string() });

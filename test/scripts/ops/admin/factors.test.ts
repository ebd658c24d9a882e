import { describe, expect, it } from 'vitest';
import { command } from '../../../../scripts/ops/user.ts';
import { call } from '../../call.ts';
import { details, ID, joe, refuse, standIn, succeed } from './stand-in.ts';

const one = `/admin/users/${ID}`;
const both = { totp: true, passkeys: 2, recovery_codes: 9 };

/** A service where joe@gmail.com has `factors`. */
const serve = (
  factors: object | undefined,
  remove = () => succeed({ message: 'Second factors removed.', factors_removed: 3, sessions_revoked: 2 }),
) =>
  standIn({
    'GET /admin/users': ({ query }) => succeed({ data: query['address'] === joe.email ? [joe] : [], next: null }),
    [`GET ${one}`]: () => succeed({ data: { ...details, factors } }),
    [`DELETE ${one}/factors`]: remove,
  });

describe('npm run user -- factors', () => {
  it.each([
    [{ totp: true, passkeys: 0, recovery_codes: 10 }, 'an authenticator app, 10 recovery codes left'],
    [{ totp: false, passkeys: 1, recovery_codes: 1 }, '1 passkey, 1 recovery code left'],
    [both, 'an authenticator app, 2 passkeys, 9 recovery codes left'],
    [details.factors, 'no second factor'],
  ])('says of %j: %s', async (factors, words) => {
    const { asked, flags } = await serve(factors);
    expect(await call(command, 'factors', 'joe@gmail.com', ...flags)).toEqual({
      status: 0,
      stdout: `joe@gmail.com has ${words}.\n`,
      stderr: '',
    });
    const json = await call(command, 'factors', 'joe@gmail.com', '--json', ...flags);
    expect(JSON.parse(json.stdout)).toEqual({ data: factors });
    expect(asked.some(({ route }) => route.startsWith('DELETE'))).toBe(false);
  });

  it('asks before it removes them, and does nothing where nobody can answer', async () => {
    const { asked, flags } = await serve(both);
    const { status, stdout, stderr } = await call(command, 'factors', 'joe@gmail.com', '--remove', ...flags);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('--yes');
    expect(asked.map(({ route }) => route)).toEqual(['GET /admin/users', `GET ${one}`]);
  });

  it('removes all of them, and says how many, which sessions have ended, and what may have to follow', async () => {
    const { asked, flags } = await serve(both);
    expect(await call(command, 'factors', ID, '--remove', '--yes', ...flags)).toEqual({
      status: 0,
      stdout: [
        'Removed 3 second factors of joe@gmail.com. Ended 2 sessions.',
        'If somebody else may know the password, let them choose another one:',
        `  npm run user -- reset joe@gmail.com ${flags.join(' ')}`,
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(asked.map(({ route, body }) => ({ route, body }))).toEqual([
      { route: `GET ${one}`, body: undefined },
      { route: `DELETE ${one}/factors`, body: undefined },
    ]);
  });

  it('removes nothing, with the exit code 1, where there is none', async () => {
    const { asked, flags } = await serve(details.factors);
    expect(await call(command, 'factors', 'joe@gmail.com', '--remove', '--yes', ...flags)).toEqual({
      status: 1,
      stdout: 'joe@gmail.com has no second factor.\nNothing was changed.\n',
      stderr: 'If an earlier try ended with a 503, `logout` ends the sessions everywhere.\n',
    });
    expect(asked.some(({ route }) => route.startsWith('DELETE'))).toBe(false);
  });

  it.each([
    [403, 'operator_required', 'Only an operator may do this'],
    [409, 'change_conflict', 'Somebody else changed this at the same time. Nothing was changed. Try again.'],
    [404, 'unknown_user', 'There is no account with this id.'],
    [503, 'storage_unavailable', 'Try again in 5 s.'],
  ])('explains the refusal %d %s', async (status, code, words) => {
    const { flags } = await serve(both, () => refuse(status, code));
    const { status: exit, stdout, stderr } = await call(command, 'factors', ID, '--remove', '--yes', ...flags);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('says so when the service is older than second factors', async () => {
    const { flags } = await serve(undefined);
    const { status, stderr } = await call(command, 'factors', ID, ...flags);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `The Latchkey at ${flags[1]} knows no second factors. It is of an older version.\n`,
    });
  });

  it('shows them with the rest of the account', async () => {
    const { flags } = await serve(both);
    const { stdout } = await call(command, 'show', ID, ...flags);
    expect(stdout).toMatch(/^second factors +an authenticator app, 2 passkeys, 9 recovery codes left$/m);
  });
});

import { describe, expect, it } from 'vitest';
import { findReasons, nameInCommand } from '../../../../scripts/ops/admin/reasons.ts';
import { command } from '../../../../scripts/ops/user.ts';
import { call } from '../../call.ts';
import { nextCommand } from '../../../../scripts/ops/admin/next-command.ts';
import { details, event, ID, joe, secretsFile, standIn, succeed } from './stand-in.ts';

const { login } = details;
const at = (day: number) => `2026-11-${day}T10:00:00.000Z`;

/** What the command says of an account like `details`, but for `other`, which nothing has happened to. */
async function sayWhy(other: object): Promise<string> {
  const { flags } = await standIn({
    [`GET /admin/users/${ID}`]: () => succeed({ data: { ...details, ...other } }),
    'GET /admin/events': () => succeed({ data: [], next: null }),
  });
  return (await call(command, 'why', ID, ...flags)).stdout;
}

describe('why somebody cannot log in', () => {
  it('is nothing about an account in order', () => {
    expect(findReasons(details, [event])).toEqual([]);
  });

  it('can be many things at once, and all are said', async () => {
    const user = {
      ...details,
      disabled_on: at(25),
      email_verified: false,
      undeliverable_on: at(24),
      login: {
        ...login,
        last_failed_on: at(22),
        password_scheme: 'none',
        waits: [
          { until: at(26), by: 'account' },
          { until: at(27), by: 'network' },
        ],
      },
    };
    const events = [
      { ...event, type: 'user_disabled', at: at(25), actor: `admin:${ID}` },
      { ...event, type: 'password_reset_asked', at: at(24) },
      { ...event, type: 'login_delayed', at: at(23) },
      { ...event, type: 'login_failed', at: at(22) },
      { ...event, type: 'login_failed', at: at(19) },
    ];
    const { url, flags } = await standIn({
      'GET /admin/users': () => succeed({ data: [joe], next: null }),
      [`GET /admin/users/${ID}`]: () => succeed({ data: user }),
      'GET /admin/events': ({ query }) =>
        succeed({ data: query['type'] === undefined ? events.slice(1) : events.slice(0, 1), next: null }),
    });
    const { status, stdout } = await call(command, 'why', 'joe@gmail.com', ...flags);
    expect(status).toBe(0);
    expect(stdout.trim().replaceAll(` --url ${url} --secrets-file ${secretsFile}`, ' …').split('\n')).toEqual([
      'joe@gmail.com has an account, since 2026-11-01 10:00:00Z.',
      'The last login was 2026-11-20 10:00:00Z, the last failed attempt was 2026-11-23 10:00:00Z.',
      'Live sessions: 2.',
      'Second factors: none. With SECOND_FACTOR=required, they have to set one up at the login. This command does not know the setting.',
      '',
      'This keeps them from logging in, or may:',
      `- The account is disabled since 2026-11-25 10:00:00Z by the administrator ${ID}.`,
      '  npm run user -- enable joe@gmail.com …',
      '- No password can be right: none was chosen yet, or an operator has made all useless. They need a link.',
      '  npm run user -- reset joe@gmail.com …',
      '- Everybody on a network where this account has not logged in before has to wait until 2026-11-26 10:00:00Z, because of earlier attempts.',
      '  npm run user -- unlock joe@gmail.com …',
      '- Whoever tries from a certain network has to wait until 2026-11-27 10:00:00Z, because of earlier attempts.',
      '  npm run user -- unlock joe@gmail.com …',
      '',
      'What else is known:',
      '- At least 2 attempts failed since the last login, the last 2026-11-23 10:00:00Z from 203.0.113.0/24, DE. Some had to wait, whatever the password.',
      '- Mail to this address came back, since 2026-11-24 10:00:00Z. No link to reset the password arrives.',
      '  npm run user -- reset joe@gmail.com --link …, or npm run user -- email joe@gmail.com NEW …',
      '- A link to choose a password went out 2026-11-24 10:00:00Z and was not used. It may be too old by now.',
      '  npm run user -- reset joe@gmail.com …',
      '- The address is not verified. This keeps nobody from logging in here; your applications may refuse them.',
      '  npm run user -- verify joe@gmail.com …',
    ]);
  });

  it('is said to lie elsewhere when nothing is wrong with the account', async () => {
    const stdout = await sayWhy({});
    expect(stdout).toContain(
      'Nothing about the account keeps them from logging in, unless SECOND_FACTOR asks for a second factor. It can be:',
    );
    expect(stdout).toContain('- a wrong password');
    expect(stdout).not.toContain('What else is known');
    expect(stdout).toContain('login_delayed');
  });

  it.each([
    [
      { factors: { totp: true, passkeys: 2, recovery_codes: 0 } },
      'Second factors: an authenticator app, 2 passkeys, 0 recovery codes left.',
    ],
    [{ factors: { totp: false, passkeys: 1, recovery_codes: 9 } }, 'Second factors: 1 passkey, 9 recovery codes left.'],
  ])('can be one of the second factors, and which are there is said: %j', async (has, words) => {
    const stdout = await sayWhy(has);
    expect(stdout.split('\n')).toContain(words);
    expect(stdout).toContain('Nothing about the account keeps them from logging in. It can be:');
    expect(stdout).toContain('- a second factor that they do not have with them;');
    expect(stdout).not.toContain('SECOND_FACTOR');
  });

  it.each([
    [true, 'With SECOND_FACTOR=admins or required, they have to set one up'],
    [false, 'With SECOND_FACTOR=required, they have to set one up'],
  ])('can be that they have no second factor and need one, which depends on admin: %s', async (admin, words) => {
    const stdout = await sayWhy({ admin });
    expect(stdout).toContain(`Second factors: none. ${words} at the login. This command does not know the setting.`);
    expect(stdout).not.toContain('- a second factor');
  });

  it('has nothing to do with second factors where the service is older than these', async () => {
    const stdout = await sayWhy({ factors: undefined });
    expect(stdout).toContain('Nothing about the account keeps them from logging in. It can be:');
    expect(stdout).not.toMatch(/second.factor/i);
  });

  it.each([
    ['unknown', 'No password can be right: nobody can verify the hash that is stored. They need a link.'],
    [
      'bcrypt',
      'No password can be right: the hash is still that of another system (bcrypt), and LEGACY_HASHES_UNTIL or FIREBASE_SCRYPT rules it out. They need a link.',
    ],
  ])('can be a hash of the scheme %s that is not accepted', (scheme, text) => {
    const hash = (usable: boolean) => ({ ...login, password_scheme: scheme, password_usable: usable });
    const next = 'npm run user -- reset joe@gmail.com';
    expect(findReasons({ ...details, login: hash(false) }, [])).toEqual([
      { code: 'unusable_hash', blocks: true, text, next },
    ]);
    expect(findReasons({ ...details, login: hash(true) }, [])).toEqual([]);
  });

  it('takes an older service, which does not tell, for one that accepts every hash', () => {
    const { password_usable: _, ...older } = login;
    expect(findReasons({ ...details, login: older }, [])).toEqual([]);
    const none = { ...older, password_scheme: 'none' };
    expect(findReasons({ ...details, login: none }, [])).toMatchObject([{ code: 'no_password', blocks: true }]);
  });

  it('can be a wrong password, as the events tell', () => {
    const failed = { ...event, type: 'login_failed', at: at(22), data: { reason: 'wrong_password' } };
    expect(findReasons(details, [failed, { ...failed, at: at(19) }]).map(({ text }) => text)).toEqual([
      'At least 1 attempt failed with a wrong password since the last login, the last 2026-11-22 10:00:00Z from 203.0.113.0/24, DE.',
    ]);
  });

  it('can be a second factor that they do not have', () => {
    const failed = { ...event, type: 'factor_failed', at: at(22) };
    expect(findReasons(details, [failed, { ...failed, at: at(21) }, { ...failed, at: at(19) }])).toEqual([
      {
        code: 'wrong_factor',
        blocks: true,
        text: 'A second factor was wrong 2 times since the last login, the last 2026-11-22 10:00:00Z. Can they use a recovery code? If they have lost everything, and you are sure who asks:',
        next: 'npm run user -- factors joe@gmail.com --remove',
      },
    ]);
    expect(findReasons(details, [{ ...failed, at: at(19) }])).toEqual([]);
  });

  it('does not tell of a reset that was completed, or that a login came after', () => {
    const asked = { ...event, type: 'password_reset_asked', at: at(21) };
    expect(findReasons(details, [{ ...event, type: 'password_reset', at: at(22) }, asked])).toEqual([]);
    expect(findReasons(details, [{ ...asked, at: at(19) }])).toEqual([]);
    expect(findReasons(details, [asked])).toMatchObject([{ code: 'stale_reset', blocks: false }]);
  });

  it('says what to do next for the same service, so that the commands can be pasted', () => {
    const choice = {
      url: 'https://auth.example.org',
      'secrets-file': "it's mine.json",
      issuer: 'https://auth.example.net',
    };
    expect(nextCommand(['reset', ID, '--link'], choice)).toBe(
      `npm run user -- reset ${ID} --link --url https://auth.example.org --secrets-file 'it'\\''s mine.json' --issuer https://auth.example.net`,
    );
    const [reason] = findReasons({ ...details, disabled_on: at(25) }, [], { url: 'http://localhost:9787' });
    expect(reason?.next).toBe('npm run user -- enable joe@gmail.com --url http://localhost:9787');
    expect(nextCommand(['find'], { 'secrets-file': '/dev/fd/63' })).toBe('npm run user -- find --secrets-file FILE');
    expect(nextCommand(['find'], {})).toBe('npm run user -- find');
  });

  it('names the account by its id in commands when a shell would obey the address', () => {
    for (const email of ['$(x)@gmail.com', "o'hara@gmail.com", 'a`b@gmail.com', '-x@gmail.com', 'a;b@gmail.com'])
      expect(nameInCommand({ email, user_id: ID })).toBe(ID);
    expect(nameInCommand(joe)).toBe('joe@gmail.com');
  });
});

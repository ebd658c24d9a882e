import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/config.ts';
import { readDevFlags } from '../../../scripts/wrangler/flags.ts';
import { findDevValues } from '../../../scripts/dev/values.ts';
import { developmentVars } from '../../../scripts/dev/vars.ts';
import { examineDevelopment } from '../../../scripts/ops/examine.ts';
import { newSecrets } from '../../../scripts/secrets/fresh.ts';

const url = 'http://localhost:9000';
const whole: NodeJS.Dict<string> = { ...developmentVars, ...(await newSecrets()) };

describe('the issuer in development', () => {
  const issuerOf = async (profile: NodeJS.Dict<string>, at: string, given = {}) =>
    (await findDevValues({ profile: { ...whole, ...profile }, given, url: at })).values['ISSUER'];

  it.each([
    ['http://localhost:9000', 'http://localhost:9000'],
    ['https://localhost:9000', 'https://localhost:9000'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
    ['https://192.168.1.2:9000', 'https://192.168.1.2:9000'],
    // The default port is not part of an origin.
    ['http://localhost:80', 'http://localhost'],
    // The service refuses an issuer without TLS that is not localhost.
    ['http://192.168.1.2:9000', 'http://localhost:9000'],
  ])('at %s is %s', async (at, issuer) => {
    expect(await issuerOf({}, at)).toBe(issuer);
    expect(await issuerOf({ ISSUER: undefined }, at)).toBe(issuer);
    const { values } = await findDevValues({ profile: whole, given: {}, url: at });
    expect(await examineDevelopment({ config: 'wrangler.toml' }, { ...whole, ...values })).toEqual([]);
  });

  it('is another one if .dev.vars or a flag names it', async () => {
    expect(await issuerOf({ ISSUER: 'https://auth.example.org' }, url)).toBeUndefined();
    expect(await issuerOf({}, url, { ISSUER: 'https://auth.example.org' })).toBeUndefined();
  });
});

describe('the mails in development', () => {
  const transportOf = async (profile: NodeJS.Dict<string>, at: string, given = {}) =>
    (await findDevValues({ profile: { ...whole, ...profile }, given, url: at })).values['MAIL_TRANSPORT'];

  it('are none where the service must not print them, because it is not on localhost', async () => {
    const elsewhere = 'https://192.168.1.2:9000';
    expect(await transportOf({}, elsewhere)).toBe('none');
    expect(await transportOf({ MAIL_TRANSPORT: undefined }, elsewhere)).toBe('none');
    expect(await transportOf({ ISSUER: 'https://auth.example.org' }, url)).toBe('none');
    expect(await transportOf({}, url, { ISSUER: 'https://auth.example.org' })).toBe('none');
    expect(await transportOf({}, url)).toBeUndefined();
    expect(await transportOf({ MAIL_TRANSPORT: undefined }, url)).toBe('log');
  });

  it('are what .dev.vars or a flag says', async () => {
    expect(await transportOf({ MAIL_TRANSPORT: 'resend' }, 'https://192.168.1.2:9000')).toBeUndefined();
    expect(await transportOf({}, 'https://192.168.1.2:9000', { MAIL_TRANSPORT: 'log' })).toBeUndefined();
  });
});

describe('a .dev.vars of an older version', () => {
  it('is completed for the run, and the missing lines are named', async () => {
    const { RATE_LIMITS: _, PLAYGROUND: __, SECRET_KEY, ...profile } = whole;
    const { values, missing } = await findDevValues({ profile, given: {}, url });
    expect(missing).toEqual(["RATE_LIMITS='off'", "PLAYGROUND='on'", 'SECRET_KEY: a random one, for this run only']);
    expect(values).toMatchObject({ RATE_LIMITS: 'off', PLAYGROUND: 'on', SECRET_KEY: expect.any(String) });
    expect(values['SECRET_KEY']).not.toBe(SECRET_KEY);
    expect(await examineDevelopment({ config: 'wrangler.toml' }, { ...profile, ...values })).toEqual([]);
  });

  it('lets all pages of this machine call, unless it names other origins', async () => {
    const profile = { ...whole, CORS_ORIGINS: 'http://localhost:*,http://127.0.0.1:*,https://localhost:*' };
    const { values, missing } = await findDevValues({ profile, given: {}, url });
    expect(missing).toEqual([]);
    expect(values).toEqual({ ISSUER: url, CORS_ORIGINS: developmentVars['CORS_ORIGINS'] });
    const { cors } = parseConfig({ ...whole, ...values, DB: {}, DENYLIST: {}, ASSETS: {} });
    for (const scheme of ['http', 'https'])
      for (const host of ['localhost', '127.0.0.1', '[::1]'])
        for (const port of ['', ':5173']) expect(cors?.allows(`${scheme}://${host}${port}`)).toBe(true);
    expect(cors?.allows('http://localhost.example.org')).toBe(false);

    const given = { CORS_ORIGINS: '' };
    expect((await findDevValues({ profile, given, url })).values).toEqual({ ISSUER: url });
    const own = { ...whole, CORS_ORIGINS: 'http://localhost:3000' };
    expect((await findDevValues({ profile: own, given: {}, url })).values).toEqual({ ISSUER: url });
  });

  it('keeps its values, and those of flags', async () => {
    const { PASSWORD_COMMON: _, ...rest } = whole;
    const profile = { ...rest, RATE_LIMITS: 'on' };
    const { values, missing } = await findDevValues({ profile, given: { PASSWORD_COMMON: 'refuse' }, url });
    expect(missing).toEqual([]);
    expect(values).toEqual({ ISSUER: url });
  });

  it('passes on the secrets that wrangler does not read', async () => {
    const optional = { OAUTH_CLIENTS: 'api:hash', PASSWORD_PEPPER: 'a:key', FIREBASE_SCRYPT: '{}' };
    const { values } = await findDevValues({ profile: { ...whole, ...optional }, given: {}, url });
    expect(values).toEqual({ ISSUER: url, ...optional });
  });
});

it('reads the flags of wrangler dev that it uses itself', () => {
  const flags = [
    '--port',
    '1',
    '--ip=::1',
    '-c',
    'a/b.toml',
    '--var',
    'A:1:2',
    '--var',
    'B:',
    '--local-protocol',
    'https',
  ];
  expect(readDevFlags([...flags, '--env-file', 'x', '--live-reload', '-e', 'next'])).toMatchObject({
    port: '1',
    ip: '::1',
    protocol: 'https',
    config: 'a/b.toml',
    env: 'next',
    state: 'a/.wrangler/state',
    persistTo: undefined,
    envFiles: ['a/x'],
    vars: { A: '1:2', B: '' },
  });
  expect(readDevFlags([])).toMatchObject({ protocol: 'http', state: '.wrangler/state', envFiles: [], vars: {} });
  expect(readDevFlags(['--env-file', '/b/x', '--config', 'a/wrangler.toml']).envFiles).toEqual(['/b/x']);
  expect(readDevFlags(['--persist-to', '/x']).state).toBe('/x');
});

it.each([
  [[], false],
  [['--minify'], true],
  [['--no-minify'], true],
  [['--minify=false'], true],
  [['--var', 'A:--minify'], false],
])('tells from %j whether the code is to be minified', (flags, isSaid) => {
  expect(readDevFlags(flags).isMinifySaid).toBe(isSaid);
});

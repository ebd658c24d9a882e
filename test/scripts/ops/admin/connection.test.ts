import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { command as events } from '../../../../scripts/ops/events.ts';
import { command as user } from '../../../../scripts/ops/user.ts';
import { findLocalService } from '../../../../scripts/ops/admin/local-service.ts';
import { readDevKeys, readSecretsFile } from '../../../../scripts/ops/admin/operator-keys.ts';
import { Unreachable } from '../../../../scripts/ops/admin/service-error.ts';
import { wordsOfSilence } from '../../../../scripts/ops/admin/silence.ts';
import { findTarget } from '../../../../scripts/ops/admin/target.ts';
import { newSecrets } from '../../../../scripts/secrets/fresh.ts';
import { call } from '../../call.ts';
import { details, ID, keysIn, refuse, secrets, secretsFile, standIn, succeed, writeFile } from './stand-in.ts';

const MARKER = 'hunter2';
const one = `/admin/users/${ID}`;
const privateParts = [secrets['SECRET_KEY'] ?? '', ...keysIn(secrets['SIGNING_KEYS']).map(({ d }) => d)];

/** What `show` says when the service responds with `reply`, to the operator. Nothing of it may be a secret. */
async function said(reply: Parameters<typeof standIn>[0][string], ...flags: string[]) {
  const { url, asked, ...service } = await standIn({ [`GET ${one}`]: reply });
  const { status, stdout, stderr } = await call(user, 'show', ID, ...service.flags, ...flags);
  for (const secret of [...privateParts, ...asked.map(({ token }) => token)])
    expect(stdout + stderr).not.toContain(secret);
  return { status, stdout, stderr: stderr.replaceAll(url, 'URL') };
}

describe('what the service refuses', () => {
  it('is said in words', async () => {
    const words = async (...refusal: Parameters<typeof refuse>) => {
      const { status, stdout, stderr } = await said(() => refuse(...refusal));
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      return stderr;
    };
    expect(await words(404, 'unknown_user')).toBe('There is no account with this id.\n');
    expect(await words(404, 'not_found')).toContain('of an older version');
    expect(await words(403, 'operator_required', 'Only an operator may do this.')).toContain('Only an operator may');
    expect(await words(409, 'last_admin')).toContain('--last-admin');
    expect(await words(429, 'too_many_requests', 'No.', { 'Retry-After': '7' })).toContain('in 7 s');
    expect(await words(503, 'storage_unavailable', 'No storage.')).toBe(
      'No storage. Try again in 5 s. The log has it as r-1.\n',
    );
    expect(await words(500, 'internal_error', 'Oh.')).toContain('The log has it as r-1.');
    expect(await words(418, 'constructor', 'Oh.')).toBe('The service refused this (418 constructor): Oh.\n');
  });

  it('names the three things that can be wrong with a token, and how far the clock is off', async () => {
    const now = await said(() => refuse(401, 'invalid_token'));
    expect(now.stderr.split('\n')).toEqual([
      "URL refused the operator's token. Three things can be why:",
      expect.stringMatching(/^- other keys: the first key in the file of secrets /),
      expect.stringMatching(/^- another issuer: the token says URL\. .*--issuer/),
      expect.stringMatching(/^- the clock: /),
      '',
    ]);
    const behind = new Date(Date.now() + 3_600_000).toUTCString();
    const { stderr } = await said(() => refuse(401, 'invalid_token', 'No.', { Date: behind }));
    expect(stderr).toMatch(/this machine's clock is 3(599|600|601) s behind the service's/);
  });

  it('is told apart from another program at this address', async () => {
    expect((await said(() => ({ body: '<html>' }))).stderr).toContain('not one that this version understands');
    expect((await said(() => ({ status: 404, body: '<html>' }))).stderr).toBe(
      'What answers at URL (404) is no Latchkey. Is --url right?\n',
    );
    for (const status of [502, 503, 504])
      expect((await said(() => ({ status, body: '<html>' }))).stderr).toBe(
        `What answers at URL (${status}) is no Latchkey. It may be a proxy, and the service behind it may be down.\n`,
      );
    expect((await said(() => succeed({ data: { email: 1 } }))).stderr).toContain(
      'not one that this version understands',
    );
  });

  it('is not followed to another address', async () => {
    const { asked, url } = await standIn({ [`GET ${one}`]: () => succeed({ data: details }) });
    const { status, stderr } = await said(() => ({ status: 307, headers: { Location: url + one }, body: '' }));
    expect({ status, asked }).toEqual({ status: 1, asked: [] });
    expect(stderr).toContain('redirects to another address');
  });

  it('says when nothing answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    await new Promise((resolve) => server.close(resolve));
    const { status, stderr } = await call(user, 'find', '--url', url, '--secrets-file', secretsFile);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `Nothing answers at ${url}. Is npm run dev running?\n` });
  });

  it('says when the connection broke off, so that what was asked for may be done', async () => {
    const server = createServer((request) => request.socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const { stderr } = await call(user, 'enable', ID, '--url', url, '--secrets-file', secretsFile);
    expect(stderr).toContain('broke off. It may have done what you asked for');
    const read = await call(user, 'show', ID, '--url', url, '--secrets-file', secretsFile);
    expect(read.stderr).toBe(`The connection to ${url} broke off. Is it https:// perhaps?\n`);
    server.close();
  });

  it('says when the service does not speak HTTPS', async () => {
    const { url } = await standIn({});
    const https = url.replace('http:', 'https:');
    const { status, stderr } = await call(user, 'show', ID, '--url', https, '--secrets-file', secretsFile);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `What answers at ${https} does not speak HTTPS. Is it http:// on this machine?\n`,
    });
  });

  it('does not doubt an address that was right before', () => {
    const words = (code: string, origin = 'http://localhost:8787') =>
      wordsOfSilence(new Unreachable(Object.assign(new Error('x'), { code }), { isRead: false }), { origin }, true);
    expect(words('ECONNRESET')).toBe('The connection to http://localhost:8787 broke off.');
    expect(words('ECONNREFUSED', 'https://auth.example.org')).toBe('Nothing answers at https://auth.example.org.');
    expect(words('ECONNREFUSED')).toBe('Nothing answers at http://localhost:8787. Is npm run dev running?');
  });

  it('says that nothing came in time, and that a change may be done all the same', () => {
    const words = (cause: unknown, isRead: boolean) =>
      wordsOfSilence(new Unreachable(cause, { isRead }), { origin: 'https://auth.example.org' });
    const late = new DOMException('late', 'TimeoutError');
    expect(words(late, true)).toBe('https://auth.example.org did not answer in time.');
    expect(words(late, false)).toContain('in time. It may have done what you asked for');
    // `fetch` gives some errors a code that is undefined.
    const without = Object.assign(new Error('bad port'), { code: undefined });
    expect(words(new TypeError('fetch failed', { cause: without }), true)).toBe(
      'https://auth.example.org cannot be asked. Is --url right?',
    );
    const strange = Object.assign(new Error('x'), { code: 'ESTRANGE' });
    expect(words(new TypeError('fetch failed', { cause: strange }), true)).toContain('cannot be asked (ESTRANGE).');
  });
});

describe('the service that is meant', () => {
  it('is never another machine with the keys of development', async () => {
    const { status, stdout, stderr } = await call(user, 'find', '--url', 'https://auth.example.org');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Give --secrets-file FILE');
  });

  it.each([
    'http://auth.example.org',
    'http://10.0.0.1',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
    'http://localhost@example.org',
  ])('is never asked in the clear over a network: %s', async (url) => {
    for (const [command, ...args] of [[user, 'find'] as const, [events] as const]) {
      const { status, stdout } = await call(command, ...args, '--url', url, '--secrets-file', secretsFile);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    }
  });

  it('is the one of npm run dev with the keys in .dev.vars', async () => {
    const { SIGNING_KEYS = '' } = secrets;
    const devVars = writeFile('dev.vars', `ISSUER='http://localhost:8787'\nSIGNING_KEYS='${SIGNING_KEYS}'\n`);
    const keys = await readDevKeys(devVars);
    const at = async (jwks: unknown) => {
      const { url } = await standIn({
        'GET /.well-known/jwks.json': () => ({ body: JSON.stringify(jwks) }),
        'GET /.well-known/oauth-authorization-server': () => ({
          body: { issuer: 'http://localhost:1', introspection_endpoint: 'http://localhost:1/oauth/introspect' },
        }),
      });
      return Number(new URL(url).port);
    };
    const port = await at(keys.keys.publicJwks);
    expect(await findLocalService(keys, port)).toBe(`http://localhost:${port}`);
    const foreign = await at({ keys: [{ kid: 'x' }] });
    await expect(findLocalService(keys, foreign)).rejects.toThrow('The key in .dev.vars is not one of the Latchkey at');
    const target = await findTarget({ url: 'http://localhost:1234' }, devVars);
    expect(target.issuer).toBe('http://localhost:1234');
    const named = writeFile('dev.vars.2', `ISSUER='https://auth.test'\nSIGNING_KEYS='${SIGNING_KEYS}'\n`);
    expect((await findTarget({ url: 'http://localhost:1234' }, named)).issuer).toBe('https://auth.test');
  });
});

describe('the file of secrets', () => {
  it('is what npm run secrets writes, NAME=value lines, or a JWKS alone', async () => {
    const { SIGNING_KEYS = '' } = secrets;
    for (const content of [JSON.stringify(secrets), `SIGNING_KEYS='${SIGNING_KEYS}'\n`, SIGNING_KEYS]) {
      const { keys } = await readSecretsFile(writeFile('a.secrets.json', content));
      expect(keys.signer.kid).toBe(keysIn(SIGNING_KEYS)[0]?.kid);
    }
  });

  it.each([
    ['nothing', ''],
    ['a value alone', MARKER],
    ['without keys', JSON.stringify({ SECRET_KEY: MARKER })],
    ['with an empty key', JSON.stringify({ SIGNING_KEYS: '' })],
    ['with no key at all', JSON.stringify({ SIGNING_KEYS: '{"keys":[]}', [MARKER]: MARKER })],
    ['with a broken key', `SIGNING_KEYS='{"keys":[{"kid":"${MARKER}","alg":"ES256","kty":"EC","d":"${MARKER}"}]}'`],
    ['NAME: value lines', `SIGNING_KEYS: ${MARKER}`],
    ['a JWKS of public keys', JSON.stringify({ keys: [{ kid: MARKER, kty: 'EC', alg: 'ES256' }] })],
  ])('is not repeated when it cannot be used: %s', async (_, content) => {
    const file = writeFile(`${MARKER}.json`, content);
    for (const [command, ...args] of [[user, 'find'] as const, [events] as const]) {
      const { status, stdout, stderr } = await call(
        command,
        ...args,
        '--url',
        'http://localhost:1',
        '--secrets-file',
        file,
      );
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^The file of secrets /);
      expect(stderr).not.toContain(MARKER);
    }
  });

  it('may sign with any key of its kind, but the first one signs', async () => {
    const other = await newSecrets();
    const both = [...keysIn(secrets['SIGNING_KEYS']), ...keysIn(other.SIGNING_KEYS)];
    const { keys } = await readSecretsFile(writeFile('b.secrets.json', JSON.stringify({ keys: both })));
    expect(keys.signer.kid).toBe(both[0]?.kid);
  });

  it('is missed in words', async () => {
    const { status, stderr } = await call(user, 'find', '--url', 'http://localhost:1', '--secrets-file', MARKER);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '--secrets-file: there is no such file.\n' });
  });
});

it.each([
  [MARKER],
  ['show', `${MARKER}!`],
  ['find', `--${MARKER}`],
  ['find', '--url', MARKER],
  ['find', '--url', `https://${MARKER}@localhost`],
  ['find', '--issuer', MARKER],
  ['find', '--limit', MARKER],
  ['add', MARKER],
  ['admin', 'a@b.c', MARKER],
  ['claims', 'a@b.c', `"${MARKER}"`],
  ['roles', 'a@b.c', `${MARKER}!`],
  ['logout', 'a@b.c', `${MARKER}!`],
])('repeats no argument that may be a secret: npm run user -- %s %s', async (...args) => {
  const { status, stdout, stderr } = await call(user, ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).not.toContain(MARKER);
});

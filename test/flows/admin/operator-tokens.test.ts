import { env, exports } from 'cloudflare:workers';
import { base64url, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { generate, type KeySet, rotate } from '../../../scripts/ops/key-set.ts';
import { newSigningKey } from '../../../scripts/secrets/fresh.ts';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { startAdministration } from '../../support/administration.ts';
import { startClients } from '../../support/clients.ts';
import { sqlValue } from '../../support/database.ts';
import { operatorToken, type TokenParts } from '../../support/operator.ts';

const [signingKey] = known.keys;
if (signingKey === undefined) throw new TypeError('no signing key to test with');
const { kid, x, y } = { y: '', ...signingKey };
const seconds = () => Math.floor(Date.now() / 1000);
const encode = (part: object) => base64url.encode(JSON.stringify(part));

const { ask, make } = startAdministration();

/** A user whom each test tries to disable. */
let id: string;
beforeEach(async () => void ({ id } = await make()));

const isDisabled = async () => (await sqlValue('SELECT disabled_at IS NOT NULL FROM users')) === 1;

/** Tries to disable the user with this token. */
const disable = (token: string, service = { ask }) =>
  service.ask({ route: `PATCH /admin/users/${id}`, body: { disabled: true }, token });

async function expectRefusal(token: string, code = 'invalid_token', service = { ask }): Promise<void> {
  expect(await disable(token, service)).toMatchObject({ status: 401, body: { code } });
  expect(await isDisabled()).toBe(false);
}

async function expectInvalid(parts: TokenParts): Promise<void> {
  await expectRefusal(await operatorToken(parts));
}

describe('an operator token', () => {
  it('lets do one thing', async () => {
    expect(await disable(await operatorToken())).toMatchObject({ status: 200 });
    expect(await isDisabled()).toBe(true);
  });

  it('is good for one request: a second one is refused, and does nothing', async () => {
    const token = await operatorToken();
    expect(await ask({ route: `GET /admin/users/${id}`, token })).toMatchObject({ status: 200 });
    await expectRefusal(token);
    await expectRefusal(token);
  });

  it('is used up by a request that is refused later', async () => {
    const token = await operatorToken();
    expect(await ask({ route: 'GET /admin/users/x', token })).toMatchObject({ status: 404 });
    await expectRefusal(token);
  });

  it('is good for one of many requests at the same time', async () => {
    const token = await operatorToken();
    const body = { email: 'jane@example.org', password: 'correct horse' };
    const same = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        ask({ route: 'POST /admin/users', body: { ...body, email: `${i}${body.email}` }, token }),
      ),
    );
    expect(same.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(same.filter(({ status }) => status === 401)).toHaveLength(15);
    expect(await sqlValue('SELECT count(*) FROM users')).toBe(2);
  });

  it('is not good again in another spelling', async () => {
    const token = await operatorToken();
    expect(await ask({ route: `GET /admin/users/${id}`, token })).toMatchObject({ status: 200 });
    const last = token.at(-1) ?? '';
    const next = String.fromCharCode(last.charCodeAt(0) + 1);
    for (const same of [`${token}=`, `${token}==`, ` ${token}`, `${token.slice(0, -1)}${next}`]) {
      await expectRefusal(same);
    }
  });

  it.each([
    ['a space inside', (token: string) => token.replace('.', '. ')],
    ['a space after it', (token: string) => `${token} x`],
    ['a line break', (token: string) => token.replace('.', '.%0a')],
    ['a comma', (token: string) => `${token},${token}`],
  ])('is malformed with %s, and stays unused', async (_, respell) => {
    const token = await operatorToken();
    await expectRefusal(respell(token), 'malformed_token');
    expect(await disable(token)).toMatchObject({ status: 200 });
  });

  it('may come from a clock that is 60 seconds ahead, and expires after 300 seconds', async () => {
    const ahead = new Date(Date.now() + 58_000);
    expect(await ask({ route: 'GET /admin/users', token: await operatorToken({ now: ahead }) })).toMatchObject({
      status: 200,
    });
    await expectRefusal(await operatorToken({ now: new Date(Date.now() - 301_000) }), 'expired_token');
  });
});

describe('an operator token with a wrong claim is refused, and does nothing:', () => {
  it.each<[string, () => Record<string, unknown>]>([
    ['another issuer', () => ({ iss: 'https://other.example' })],
    ['no issuer', () => ({ iss: undefined })],
    ['the audience of access tokens', () => ({ aud: env.AUDIENCE })],
    ['the issuer as its audience', () => ({ aud: env.ISSUER })],
    ['the audience of another service', () => ({ aud: 'https://other.example/admin' })],
    ['a final slash in its audience', () => ({ aud: `${env.ISSUER}/admin/` })],
    ['a list of its audience', () => ({ aud: [`${env.ISSUER}/admin`] })],
    ['a list of audiences', () => ({ aud: [`${env.ISSUER}/admin`, env.AUDIENCE] })],
    ['no audience', () => ({ aud: undefined })],
    ['a life of 301 seconds', () => ({ exp: seconds() + 301, iat: seconds() })],
    ['a life of a year', () => ({ exp: seconds() + 31_536_000 })],
    ['no end', () => ({ exp: undefined })],
    ['an end that is text', () => ({ exp: String(seconds() + 300) })],
    ['no beginning', () => ({ iat: undefined })],
    ['a beginning that is text', () => ({ iat: String(seconds()) })],
    ['a beginning in two minutes', () => ({ iat: seconds() + 120, exp: seconds() + 300 })],
    ['a time before which it does not hold', () => ({ nbf: seconds() + 120 })],
    ['no subject', () => ({ sub: undefined })],
    ['a user as its subject', () => ({ sub: crypto.randomUUID() })],
    ['another subject', () => ({ sub: 'Operator' })],
    ['no id', () => ({ jti: undefined })],
    ['an empty id', () => ({ jti: '' })],
    ['an id that is no UUID', () => ({ jti: 'x'.repeat(36) })],
    ['an id in capitals', () => ({ jti: 'ABCDEF01-2345-4789-8ABC-DEF012345678' })],
    ['an id with a space', () => ({ jti: ` ${crypto.randomUUID()}` })],
    ['an id with a line break', () => ({ jti: `${crypto.randomUUID()}\n` })],
    ['an id that is a number', () => ({ jti: 1 })],
    ['an id that is a list', () => ({ jti: [crypto.randomUUID()] })],
  ])('%s', async (_, claims) => {
    await expectInvalid({ claims: claims() });
  });
});

describe('an operator token with a wrong header is refused, and does nothing:', () => {
  it.each<[string, Record<string, unknown>]>([
    ['the type of access tokens', { typ: 'at+jwt' }],
    ['the type JWT', { typ: 'JWT' }],
    ['its type in capitals', { typ: 'OPERATOR+JWT' }],
    ['its type as a media type', { typ: 'application/operator+jwt' }],
    ['no type', { typ: undefined }],
    ['no key', { kid: undefined }],
    ['an unknown key', { kid: 'unknown' }],
    ['the name of the prototype as its key', { kid: '__proto__' }],
    ['a critical extension that nobody knows', { crit: ['urn:example:unknown'], 'urn:example:unknown': 1 }],
  ])('%s', async (_, header) => {
    await expectInvalid({ header });
  });
});

describe('an operator token with a forged signature is refused, and does nothing:', () => {
  const claims = () => ({
    iss: env.ISSUER,
    aud: `${env.ISSUER}/admin`,
    sub: 'operator',
    iat: seconds(),
    exp: seconds() + 300,
    jti: crypto.randomUUID(),
  });

  it.each(['none', 'None', 'NONE'])('the algorithm %s', async (alg) => {
    const unsigned = `${encode({ alg, kid, typ: 'operator+jwt' })}.${encode(claims())}.`;
    for (const signature of ['', 'AAAA']) await expectRefusal(`${unsigned}${signature}`);
  });

  it('HS256 under the public key', async () => {
    const jwk = { kty: 'EC', kid, alg: 'ES256', crv: 'P-256', x, y, use: 'sig' };
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const spki = await exportSPKI(await crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']));
    for (const secret of [spki, spki.trim(), JSON.stringify(jwk), x, `${x}${y}`]) {
      await expectInvalid({ header: { alg: 'HS256' }, signer: new TextEncoder().encode(secret.padEnd(32)) });
    }
  });

  it('a key of somebody else, named as ours or brought along', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    await expectInvalid({ signer: privateKey });
    await expectInvalid({ signer: privateKey, header: { jwk } });
    await expectInvalid({ signer: privateKey, header: { kid: undefined, jwk } });
    await expectInvalid({ signer: privateKey, header: { jku: 'http://localhost/jwks.json' } });
  });

  it('other claims under a signature of ours', async () => {
    const [header = '', , signature = ''] = (await operatorToken()).split('.');
    await expectRefusal(`${header}.${encode(claims())}.${signature}`);
    await expectRefusal(`${header}.${encode(claims())}.`);
    await expectRefusal(`${header}.${encode(claims())}`);
  });
});

describe('an operator token, when there are several keys,', () => {
  const write = (set: KeySet) => JSON.stringify(set);

  async function startWithKeys() {
    const first = generate(undefined, await newSigningKey('ES256'));
    const both = generate(first, await newSigningKey('EdDSA'));
    const service = startAdministration({ env: { SIGNING_KEYS: write(both) } });
    return { first, both, rotated: rotate(both), service };
  }

  it('may be signed with one that signs no more but verifies: it comes from a secrets file of before', async () => {
    const { both, rotated } = await startWithKeys();
    const service = startAdministration({ env: { SIGNING_KEYS: write(rotated) } });
    expect(await disable(await operatorToken({ keys: write(both) }), service)).toMatchObject({ status: 200 });
  });

  it('is refused under a key that was taken out', async () => {
    const { first, service } = await startWithKeys();
    await expectRefusal(await operatorToken(), 'invalid_token', service);
    const other = startAdministration();
    await expectRefusal(await operatorToken({ keys: write(first) }), 'invalid_token', other);
  });

  it('is refused with the algorithm of another key', async () => {
    const { both, rotated, service } = await startWithKeys();
    const [one, other] = [both, rotated].map((set) => ({ kid: set.keys[0]?.['kid'], alg: set.keys[0]?.['alg'] }));
    const byOther = { keys: write(rotated), header: { kid: one?.kid } };
    await expectRefusal(await operatorToken(byOther), 'invalid_token', service);
    const [, claims = '', signature = ''] = (await operatorToken({ keys: write(both) })).split('.');
    const renamed = encode({ alg: other?.alg, kid: one?.kid, typ: 'operator+jwt' });
    await expectRefusal(`${renamed}.${claims}.${signature}`, 'invalid_token', service);
  });
});

describe('an operator token is no access token:', () => {
  it('the RPC lets nobody in', async () => {
    expect(await exports.Verifier.verify(await operatorToken())).toEqual({ active: false, code: 'invalid_token' });
  });

  it('introspection says that it is not active, and a revocation of it ends nothing', async () => {
    const { introspect, revoke } = startClients();
    const token = await operatorToken();
    expect(await introspect({ token })).toMatchObject({ status: 200, body: { active: false } });
    expect(await revoke({ token })).toMatchObject({ status: 200 });
    expect(await disable(token)).toMatchObject({ status: 200 });
  });
});

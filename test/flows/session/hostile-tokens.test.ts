import { exports } from 'cloudflare:workers';
import { base64url, exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { startService } from '../../support/service.ts';

const [signingKey] = known.keys;
if (signingKey === undefined) throw new TypeError('no signing key to test with');
const { kid, x, y } = { y: '', ...signingKey };
const { register, logOut, status, verify } = startService();

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const now = () => Math.floor(Date.now() / 1000);
const encode = (part: object) => base64url.encode(JSON.stringify(part));

let genuine: string;
let payload: Record<string, unknown>;

beforeEach(async () => {
  genuine = String((await register()).body['auth_token']);
  const decoded: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(genuine.split('.')[1] ?? '')));
  payload = { ...Object(decoded) };
});

/** Signs a token with the key of the service, with some changes. `undefined` removes a claim. */
async function sign(changes: { header?: object; claims?: object; key?: Parameters<SignJWT['sign']>[0] } = {}) {
  const claims = Object.fromEntries(
    Object.entries({ ...payload, ...changes.claims }).filter(([, value]) => value !== undefined),
  );
  const key = changes.key ?? (await importJWK(signingKey ?? {}, 'ES256'));
  const header = { alg: 'ES256', kid, typ: 'at+jwt', ...changes.header };
  return new SignJWT(claims).setProtectedHeader(header).sign(key, { crit: { 'urn:example:unknown': true } });
}

async function expectInvalid(token: string) {
  const invalid = { status: 401, body: { code: 'invalid_token', message: 'Invalid token. Please log in again.' } };
  expect(await status(token)).toMatchObject(invalid);
  expect(await logOut(token)).toMatchObject(invalid);
}

describe('a token that these tests sign unchanged', () => {
  it('is accepted, so that the refusals below are about what they change', async () => {
    expect(await status(await sign())).toMatchObject({ status: 200 });
  });
});

describe('a token that was signed before the claim email_verified existed', () => {
  it('is accepted, and its address counts as not verified', async () => {
    const token = await sign({ claims: { email_verified: undefined } });
    expect(await verify(token)).toMatchObject({ status: 204 });
    expect(await status(token)).toMatchObject({ status: 200 });
    expect(await exports.Verifier.verify(token)).toMatchObject({ active: true, claims: { email_verified: false } });
  });
});

describe('a token with a forged signature', () => {
  it('is refused with the algorithm none', async () => {
    await expectInvalid(new UnsecuredJWT(payload).encode());
    await expectInvalid(`${encode({ alg: 'none', kid, typ: 'at+jwt' })}.${encode(payload)}.`);
    await expectInvalid(`${encode({ alg: 'None', kid, typ: 'at+jwt' })}.${encode(payload)}.AAAA`);
  });

  it('is refused with HS256 under the public key', async () => {
    const jwk = JSON.stringify({ kty: 'EC', kid, alg: 'ES256', crv: 'P-256', x, y, use: 'sig' });
    const spki = await exportSPKI(
      await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, algorithm, true, ['verify']),
    );
    for (const secret of [spki, spki.trim(), jwk, x, `${x}${y}`]) {
      await expectInvalid(await sign({ header: { alg: 'HS256' }, key: new TextEncoder().encode(secret.padEnd(32)) }));
    }
  });

  it('is refused with another key under our kid', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await expectInvalid(await sign({ key: privateKey }));
  });

  it('is refused with a key that the token contains or points at', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    await expectInvalid(await sign({ key: privateKey, header: { jwk } }));
    await expectInvalid(await sign({ key: privateKey, header: { kid: undefined, jwk } }));
    await expectInvalid(await sign({ key: privateKey, header: { jku: 'http://localhost/jwks.json' } }));
    await expectInvalid(await sign({ key: privateKey, header: { x5u: 'http://localhost/cert.pem' } }));
  });

  it('is refused after its header, claims or signature were changed', async () => {
    const [header = '', claims = '', signature = ''] = genuine.split('.');
    await expectInvalid(`${header}.${encode({ ...payload, admin: true })}.${signature}`);
    await expectInvalid(`${encode({ alg: 'ES256', kid })}.${claims}.${signature}`);
    await expectInvalid(`${header}.${claims}.${base64url.encode(new Uint8Array(64))}`);
    await expectInvalid(`${header}.${claims}.`);
    await expectInvalid(`${header}.${claims}`);
    await expectInvalid(`${header}.${claims}.${signature}.${signature}`);
  });

  it('is refused wherever it is cut off', async () => {
    for (let length = 1; length < genuine.length; length += 37) await expectInvalid(genuine.slice(0, length));
  });
});

describe('a token with a header that our key has signed', () => {
  it.each([
    ['no kid', { kid: undefined }],
    ['a kid that is not ours', { kid: 'unknown' }],
    ['a kid that is a path', { kid: '../../dev/null' }],
    ['no type', { typ: undefined }],
    ['the type of an ID token', { typ: 'JWT' }],
    ['the type of a logout token', { typ: 'logout+jwt' }],
    ['a critical extension that nobody knows', { crit: ['urn:example:unknown'], 'urn:example:unknown': 1 }],
  ])('is refused with %s', async (_, header) => {
    await expectInvalid(await sign({ header }));
  });
});

describe('a token with claims that our key has signed', () => {
  it.each([
    ['another issuer', { iss: 'https://auth.example.net' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['no subject', { sub: undefined }],
    ['no session', { sid: undefined }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is not a number', { exp: '9999999999' }],
    ['no time of issue', { iat: undefined }],
    ['no id', { jti: undefined }],
    ['a session that is not text', { sid: 7 }],
    ['a session that does not exist', { sid: '2b1c4d34-95cd-44d5-9a7e-1f3f6a1a8c55' }],
    ["another user's name", { sub: '2b1c4d34-95cd-44d5-9a7e-1f3f6a1a8c55' }],
    ['a time before which it is not valid', { nbf: now() + 60 }],
  ])('is refused with %s', async (_, claims) => {
    await expectInvalid(await sign({ claims }));
  });

  // A token route, because a user route would not find ids of a wrong type in the database.
  it.each([
    ['a subject that is a number', { sub: 7 }],
    ['a subject that is a list', { sub: ['2b1c4d34-95cd-44d5-9a7e-1f3f6a1a8c55'] }],
    ['a session that is a number', { sid: 7 }],
    ['no session', { sid: undefined }],
    ['an id that is a number', { jti: 7 }],
    ['no id', { jti: undefined }],
    ['a client that is a number', { client_id: 7 }],
    ['no client', { client_id: undefined }],
    ['a version of the user that is text', { user_version: '0' }],
    ['no version of the user', { user_version: undefined }],
    ['null for the version of the user', { user_version: null }],
    ['a time of issue that is text', { iat: String(now()) }],
    ['no time of issue', { iat: undefined }],
    ['an end that is text', { exp: String(now() + 60) }],
    ['no end', { exp: undefined }],
    ['an administrator by text', { admin: 'true' }],
    ['an administrator by number', { admin: 1 }],
    ['nothing said of administrators', { admin: undefined }],
    ['null for administrators', { admin: null }],
    ['a verified address by text', { email_verified: 'true' }],
    ['null for a verified address', { email_verified: null }],
  ])('is refused on user and token routes with %s', async (_, claims) => {
    expect(await verify(await sign())).toMatchObject({ status: 204 });
    const token = await sign({ claims });
    expect(await verify(token)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    await expectInvalid(token);
  });

  it('is reported as expired only if nothing else is wrong with it', async () => {
    const exp = now() - 1;
    expect(await status(await sign({ claims: { exp } }))).toMatchObject({
      status: 401,
      body: { code: 'expired_token' },
    });
    await expectInvalid(await sign({ claims: { exp, iss: 'https://auth.example.net' } }));
    const { privateKey } = await generateKeyPair('ES256');
    await expectInvalid(await sign({ claims: { exp }, key: privateKey }));
  });
});

describe('something else than an access token', () => {
  it('is refused when it is longer than 4 KiB or only looks like a token', async () => {
    const huge = await status(`${genuine}${'A'.repeat(100_000)}`);
    expect(huge).toMatchObject({ status: 401, body: { code: 'malformed_token' } });
    await expectInvalid('A'.repeat(4096));
    await expectInvalid('....');
    await expectInvalid(`${encode([])}.${encode([])}.AA`);
    await expectInvalid(`${base64url.encode('{"alg":"ES256"')}.${encode(payload)}.AA`);
  });

  it('is refused when it is a refresh token', async () => {
    const { body } = await startService().logIn();
    await expectInvalid(String(body['refresh_token']));
  });
});

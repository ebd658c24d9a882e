import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import app from '../../examples/protected-worker/by-keys.ts';
import known from '../crypto/known-answers.json' with { type: 'json' };
import { bearer, startService, tokensOf } from '../support/service.ts';

const { call, register } = startService();
const ISSUER = 'http://localhost';
const AUDIENCE = 'latchkey';
const [ours = { kid: '', d: '' }] = known.keys;
const sub = '2b1c4d34-95cd-44d5-9a7e-1f3f6a1a8c55';
const now = () => Math.floor(Date.now() / 1000);

/** Sends `token` to the example, which has the published keys of the service and may have other `settings`. */
async function ask(token: string, settings: Record<string, string> = {}) {
  const { body } = await call('/.well-known/jwks.json');
  const JWKS_URL = `data:application/json,${encodeURIComponent(JSON.stringify(body))}`;
  return app.request('/private/me', { headers: bearer(token) }, { ISSUER, AUDIENCE, JWKS_URL, ...settings });
}

type Changes = { header?: object; claims?: object; key?: Parameters<SignJWT['sign']>[0] };

/** Signs a token as the service does, except for the changes. */
async function sign({ header, claims, key }: Changes = {}) {
  const payload = { iss: ISSUER, aud: AUDIENCE, sub, iat: now(), exp: now() + 900, ...claims };
  return new SignJWT(Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: 'ES256', kid: ours.kid, typ: 'at+jwt', ...header })
    .sign(key ?? (await importJWK(ours, 'ES256')));
}

describe('the example of a protected Worker', () => {
  it('accepts an access token of the service', async () => {
    const { access } = tokensOf(await register());
    expect((await ask(access)).status).toBe(200);
    const response = await ask(await sign());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ user_id: sub });
  });

  it.each<[string, Changes]>([
    ['another issuer', { claims: { iss: 'https://auth.example.net' } }],
    ['no issuer', { claims: { iss: undefined } }],
    ['another audience', { claims: { aud: 'other' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['the type of an ID token', { header: { typ: 'JWT' } }],
    ['the type of a logout token', { header: { typ: 'logout+jwt' } }],
    ['no type', { header: { typ: undefined } }],
    ['a kid that is not published', { header: { kid: 'unknown' } }],
    ['no kid', { header: { kid: undefined } }],
    ['an end that has passed', { claims: { iat: now() - 901, exp: now() - 1 } }],
    ['a beginning that is to come', { claims: { nbf: now() + 60 } }],
  ])('refuses a token with %s', async (_, changes) => {
    expect((await ask(await sign(changes))).status).toBe(401);
  });

  it('refuses a token with another algorithm or signed by another key', async () => {
    const publicHalf = new TextEncoder().encode(JSON.stringify({ ...ours, d: undefined }));
    const edwards = await generateKeyPair('EdDSA');
    const other = await generateKeyPair('ES256');
    expect((await ask(await sign({ header: { alg: 'HS256' }, key: publicHalf }))).status).toBe(401);
    expect((await ask(await sign({ header: { alg: 'EdDSA' }, key: edwards.privateKey }))).status).toBe(401);
    expect((await ask(await sign({ key: other.privateKey }))).status).toBe(401);
    expect((await ask(new UnsecuredJWT({ iss: ISSUER, aud: AUDIENCE, sub, exp: now() + 900 }).encode())).status).toBe(
      401,
    );
  });

  it('refuses a token that contains its own key', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    expect((await ask(await sign({ key: privateKey, header: { jwk } }))).status).toBe(401);
  });

  it.each(['ISSUER', 'AUDIENCE', 'JWKS_URL'])(
    'responds with 500 without %s, which it could not check',
    async (name) => {
      vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const settings = { ISSUER, AUDIENCE, JWKS_URL: 'data:application/json,{}', [name]: '' };
      const response = await app.request('/private/me', { headers: bearer(await sign()) }, settings);
      vi.restoreAllMocks();
      expect(response.status).toBe(500);
    },
  );

  it('refuses malformed tokens and refresh tokens', async () => {
    const { refresh } = tokensOf(await register());
    for (const token of ['a.b.c', 'x', refresh]) expect((await ask(token)).status).toBe(401);
  });

  // hono/jwk checks no issuer and no audience when it is given none.
  it.each(['ISSUER', 'AUDIENCE', 'JWKS_URL'])('responds with 500 when %s is empty', async (name) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { status } = await ask(await sign(), { [name]: '' });
    vi.restoreAllMocks();
    expect(status).toBe(500);
  });
});

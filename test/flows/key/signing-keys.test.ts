import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { startService } from '../../support/service.ts';

const PATH = '/.well-known/jwks.json';

async function makeKey(alg: 'ES256' | 'EdDSA' | 'RS256', kid: string) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, kid };
}

const serviceWith = (...keys: object[]) => startService({ env: { SIGNING_KEYS: JSON.stringify({ keys }) } });

describe('GET /.well-known/jwks.json', () => {
  it('publishes the public half of every key and nothing else', async () => {
    const keys = [...known.keys, await makeKey('RS256', 'rsa')];
    const response = await serviceWith(...keys).call(PATH);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=600');
    expect(response.body).toEqual({
      keys: [
        {
          kty: 'EC',
          kid: 'rfc7515-a3',
          alg: 'ES256',
          crv: 'P-256',
          x: expect.any(String),
          y: expect.any(String),
          use: 'sig',
        },
        { kty: 'OKP', kid: 'rfc8037-a1', alg: 'EdDSA', crv: 'Ed25519', x: expect.any(String), use: 'sig' },
        { kty: 'RSA', kid: 'rsa', alg: 'RS256', n: expect.any(String), e: 'AQAB', use: 'sig' },
      ],
    });
  });

  it('responds with 304 to a caller that has the keys', async () => {
    const { call } = startService();
    const etag = (await call(PATH)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"\w+"$/);
    const again = await call(PATH, { headers: { 'if-none-match': etag } });
    expect(again).toMatchObject({ status: 304, body: {} });
    expect(again.headers.get('cache-control')).toBe('public, max-age=600');
    expect(again.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(again.headers.get('x-content-type-options')).toBe('nosniff');
    expect(again.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('forbids caches to store the refusal when a key cannot be used', async () => {
    const response = await serviceWith({ ...(await makeKey('ES256', 'a')), x: 'A'.repeat(43) }).call(PATH);
    expect(response).toMatchObject({ status: 503, body: { code: 'misconfigured' } });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe.each(['ES256', 'EdDSA', 'RS256'] as const)('a signing key for %s', (alg) => {
  it('signs access tokens that verify with the published keys', async () => {
    const { call, register, status } = serviceWith(await makeKey(alg, 'new'), ...known.keys);
    const token = String((await register()).body['auth_token']);
    const published = (await call(PATH)).body['keys'];
    const keySet = createLocalJWKSet({ keys: Array.isArray(published) ? published : [] });
    const { payload, protectedHeader } = await jwtVerify(token, keySet, {
      issuer: 'http://localhost',
      audience: 'latchkey',
      typ: 'at+jwt',
    });
    expect(protectedHeader).toEqual({ alg, kid: 'new', typ: 'at+jwt' });
    const { exp = 0, iat = 0, sub, ...rest } = payload;
    expect(exp - iat).toBe(900);
    expect(rest).toMatchObject({ admin: false, sid: expect.any(String), jti: expect.any(String) });
    expect(await status(token)).toMatchObject({ status: 200, body: { data: { user_id: sub } } });
  });
});

describe('a signing key', () => {
  it('verifies access tokens as long as it is configured, in any position', async () => {
    const [old, fresh] = [await makeKey('ES256', 'old'), await makeKey('ES256', 'fresh')];
    const token = (await serviceWith(old).register()).body['auth_token'];
    expect(await serviceWith(fresh, old).status(token)).toMatchObject({ status: 200 });
    expect(await serviceWith(fresh).status(token)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });
});

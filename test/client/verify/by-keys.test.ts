import { exportSPKI, generateKeyPair, importJWK, type JWTHeaderParameters, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createVerifier } from '../../../packages/client/src/verify.ts';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { standIn, strangeResponses } from './stand-in.ts';
import { accessToken, type Changes, claims, jwks, makeKey, now, parties, refreshTokens } from './tokens.ts';

const active = { active: true, claims };
const refused = (code: string) => ({ active: false, code });
const at = (seconds: number) => () => new Date(seconds * 1000);

afterEach(() => void vi.useRealTimers());

describe('a verifier with keys by value', () => {
  const { verify } = createVerifier({ ...parties, jwks, now });

  it.each(known.accessTokens)('accepts a token that node:crypto has signed with $alg', async ({ token }) => {
    expect(await verify(token)).toEqual(active);
  });

  it.each(['ES256', 'RS256', 'EdDSA', 'Ed25519'])('accepts %s', async (alg) => {
    const { jwk, sign } = await makeKey('fresh', alg);
    expect(await createVerifier({ ...parties, jwks: { keys: [jwk] }, now }).verify(await sign())).toEqual(active);
  });

  it.each<[string, Changes]>([
    ['another issuer', { claims: { iss: 'https://auth.example.net' } }],
    ['an issuer with a slash more', { claims: { iss: `${parties.issuer}/` } }],
    ['no issuer', { claims: { iss: undefined } }],
    ['another audience', { claims: { aud: 'other' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['the type of an ID token', { header: { typ: 'JWT' } }],
    ['the type of a logout token', { header: { typ: 'logout+jwt' } }],
    ['no type', { header: { typ: undefined } }],
    ['an empty type', { header: { typ: '' } }],
    ['a kid that is not published', { header: { kid: 'unknown' } }],
    ['no kid', { header: { kid: undefined } }],
    ['a kid that is not text', { header: { kid: 7 } }],
    ['a beginning that is to come', { claims: { nbf: known.claims.exp } }],
    ['no expiry', { claims: { exp: undefined } }],
    ['no user', { claims: { sub: undefined } }],
    ['no session', { claims: { sid: undefined } }],
    ['no client', { claims: { client_id: undefined } }],
    ['an admin that is text', { claims: { admin: 'true' } }],
    ['an email_verified that is text', { claims: { email_verified: 'true' } }],
    ['roles that are text', { claims: { roles: 'editor' } }],
    ['a role that is no text', { claims: { roles: ['editor', 7] } }],
    ['roles that are null', { claims: { roles: null } }],
    ['a rights_version that is text', { claims: { rights_version: '1' } }],
  ])('refuses a token with %s', async (_, changes) => {
    const { jwk, sign } = await makeKey();
    const verifier = createVerifier({ ...parties, jwks: { keys: [jwk] }, now });
    expect(await verifier.verify(await sign())).toEqual(active);
    expect(await verifier.verify(await sign(changes))).toMatchObject(refused('invalid_token'));
  });

  it('gives the roles, and the claims of the user as they are', async () => {
    const { jwk, sign } = await makeKey();
    const verifier = createVerifier({ ...parties, jwks: { keys: [jwk] }, now });
    const rights = { roles: ['editor', 'x:y'], rights_version: 7, tenant: 'acme', limits: { seats: [1, null] } };
    expect(await verifier.verify(await sign({ claims: rights }))).toEqual({
      active: true,
      claims: { ...claims, ...rights },
    });
  });

  it('gives a claim that is named __proto__, and inherits nothing from it', async () => {
    const { jwk, sign } = await makeKey();
    const verifier = createVerifier({ ...parties, jwks: { keys: [jwk] }, now });
    const hostile: object = JSON.parse('{"__proto__": {"isOwner": true}}');
    const verdict = await verifier.verify(await sign({ claims: hostile }));
    const given = verdict.active ? verdict.claims : undefined;
    expect(given && Object.getPrototypeOf(given)).toBe(Object.prototype);
    expect(given?.['isOwner']).toBeUndefined();
  });

  it('accepts a token for several audiences, if it is one of them', async () => {
    const { jwk, sign } = await makeKey();
    const verifier = createVerifier({ ...parties, jwks: { keys: [jwk] }, now });
    expect(await verifier.verify(await sign({ claims: { aud: ['a', parties.audience] } }))).toEqual(active);
    expect(await verifier.verify(await sign({ claims: { aud: ['a', 'b'] } }))).toMatchObject(refused('invalid_token'));
  });

  it('refuses a token without a signature', async () => {
    const header = { alg: 'none', kid: 'fresh', typ: 'at+jwt' };
    const payload = new UnsecuredJWT({ iss: parties.issuer, aud: parties.audience, ...known.claims }).encode();
    const unsigned = `${btoa(JSON.stringify(header)).replaceAll('=', '')}.${payload.split('.')[1]}.`;
    for (const token of [payload, unsigned]) expect(await verify(token)).toMatchObject(refused('invalid_token'));
  });

  it.each<[string, Changes]>([
    ['iss or aud', { claims: { iss: 'http://localhost:8788' } }],
    ['iss or aud', { claims: { aud: 'other' } }],
    ['No key has its kid', { header: { kid: 'unknown' } }],
    ['"typ"', { header: { typ: 'JWT' } }],
  ])('gives a reason that names what is wrong (%s), and nothing of the token', async (words, changes) => {
    const { jwk, sign } = await makeKey();
    const token = await sign(changes);
    const verdict = await createVerifier({ ...parties, jwks: { keys: [jwk] }, now }).verify(token);
    expect(verdict).toMatchObject({ code: 'invalid_token', reason: expect.stringContaining(words) });
    expect(JSON.stringify(verdict)).not.toMatch(/8788|\bother\b|unknown|eyJ/);
  });

  it('refuses a token that the public key has signed as if it were a secret', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const pem = new TextEncoder().encode(await exportSPKI(publicKey));
    const { jwk, sign } = await makeKey();
    const secrets = [pem, new TextEncoder().encode(JSON.stringify(jwk)), new TextEncoder().encode(jwk.x)];
    const verifier = createVerifier({ ...parties, jwks: { keys: [jwk] }, now });
    for (const key of secrets) {
      const header: Partial<JWTHeaderParameters> = { alg: 'HS256' };
      expect(await verifier.verify(await sign({ header, key }))).toMatchObject(refused('invalid_token'));
    }
  });

  it('refuses a token by another key, by another algorithm than its key, or that brings its key', async () => {
    const ours = await makeKey();
    const other = await makeKey();
    const verifier = createVerifier({ ...parties, jwks: { keys: [ours.jwk] }, now });
    const edwards = await makeKey('fresh', 'EdDSA');
    const tokens = [await other.sign(), await edwards.sign(), await other.sign({ header: { jwk: other.jwk } })];
    for (const token of tokens) expect(await verifier.verify(token)).toMatchObject(refused('invalid_token'));
  });

  it('accepts a token until five seconds after its expiry, or as long as it is told', async () => {
    const { exp } = known.claims;
    const verifyAt = (seconds: number, more = {}) =>
      createVerifier({ ...parties, jwks, now: at(seconds), ...more }).verify(accessToken);
    expect(await verifyAt(exp + 4)).toEqual(active);
    expect(await verifyAt(exp + 5)).toMatchObject(refused('expired_token'));
    expect(await verifyAt(exp - 1, { clockToleranceSeconds: 0 })).toEqual(active);
    expect(await verifyAt(exp, { clockToleranceSeconds: 0 })).toMatchObject(refused('expired_token'));
    expect(await verifyAt(exp + 59, { clockToleranceSeconds: 60 })).toEqual(active);
  });

  it('accepts a token that comes from the future of a slow clock', async () => {
    expect(await createVerifier({ ...parties, jwks, now: at(known.claims.iat - 60) }).verify(accessToken)).toEqual(
      active,
    );
  });

  it('says expired only of a token that is otherwise good', async () => {
    const other = await makeKey(known.keys[0]?.kid);
    const late = createVerifier({ ...parties, jwks, now: at(known.claims.exp + 5) });
    expect(await late.verify(await other.sign())).toMatchObject(refused('invalid_token'));
  });

  it('refuses refresh tokens, and everything else that is not a JWT', async () => {
    for (const token of [...refreshTokens, 'x', 'a.b.c', 'eyJ.eyJ.', `${accessToken}=`, `${accessToken}.e30`]) {
      expect(await verify(token)).toMatchObject(refused('invalid_token'));
    }
  });

  it('calls malformed what no header can carry, or is too long', async () => {
    const at = accessToken.length - 8;
    const spaced = [' ', '\n', '\t', '\r\n', '\u00A0', ',', '"', '\0', 'é'].map(
      (mark) => accessToken.slice(0, at) + mark + accessToken.slice(at),
    );
    const long = accessToken.padEnd(4097, 'A');
    for (const token of ['', ' ', ...spaced, ` ${accessToken}`, `${accessToken} `, `Bearer ${accessToken}`, long]) {
      expect(await verify(token)).toMatchObject(refused('malformed_token'));
    }
  });

  it.each([[undefined], [null], [7], [{}], [[accessToken]]])('calls %j malformed', async (value) => {
    expect(await Reflect.apply(verify, undefined, [value])).toMatchObject(refused('malformed_token'));
  });

  it('accepts one spelling of a token only', async () => {
    const last = accessToken.slice(-1);
    const next = String.fromCodePoint((last.codePointAt(0) ?? 0) + 1);
    expect('AQgw').toContain(last);
    expect(await verify(accessToken.slice(0, -1) + next)).toMatchObject(refused('invalid_token'));
  });

  it('says unavailable when a key cannot be imported, which is not the fault of the token', async () => {
    const broken = { keys: jwks.keys.map((key) => ({ ...key, x: 'AAAA' })) };
    const verdict = await createVerifier({ ...parties, jwks: broken, now }).verify(accessToken);
    expect(verdict).toEqual({ active: false, code: 'unavailable', cause: expect.any(Error) });
  });

  it('says unavailable when two keys have the kid of the token, which is not the fault of the token', async () => {
    const [key] = jwks.keys;
    const twice = { keys: [...jwks.keys, { ...key, kty: key?.kty ?? '' }] };
    const verdict = await createVerifier({ ...parties, jwks: twice, now }).verify(accessToken);
    expect(verdict).toEqual({ active: false, code: 'unavailable', cause: expect.any(Error) });
  });
});

describe('a verifier that fetches the keys', () => {
  it('asks the issuer once, for many tokens', async () => {
    const { seen, fetch } = standIn(() => Response.json(jwks));
    const verifier = createVerifier({ ...parties, fetch, now });
    for (const { token } of known.accessTokens) expect(await verifier.verify(token)).toEqual(active);
    expect(await verifier.verify('a.b.c')).toMatchObject(refused('invalid_token'));
    expect(seen.map(({ url }) => url)).toEqual(['https://auth.example.org/.well-known/jwks.json']);
    expect(seen[0]?.init).toMatchObject({ redirect: 'manual' });
  });

  it('asks nobody about a refresh token, or anything else that is not a JWT', async () => {
    const { seen, fetch } = standIn(() => Response.json(jwks));
    const verifier = createVerifier({ ...parties, fetch, now });
    for (const token of [...refreshTokens, '', 'a.b.c']) expect((await verifier.verify(token)).active).toBe(false);
    expect(seen).toEqual([]);
  });

  it('keeps the keys for ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { seen, fetch } = standIn(() => Response.json(jwks));
    const verifier = createVerifier({ ...parties, fetch, now });
    await verifier.verify(accessToken);
    vi.setSystemTime(Date.now() + 599_000);
    await verifier.verify(accessToken);
    expect(seen).toHaveLength(1);
    vi.setSystemTime(Date.now() + 1000);
    expect(await verifier.verify(accessToken)).toEqual(active);
    expect(seen).toHaveLength(2);
  });

  it('fetches the keys again for an unknown kid, and finds a key that was rotated in', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const [older, newer] = [await makeKey('older'), await makeKey('newer')];
    let keys = [older.jwk];
    const { seen, fetch } = standIn(() => Response.json({ keys }));
    const verifier = createVerifier({ ...parties, fetch, now });
    expect(await verifier.verify(await older.sign())).toEqual(active);
    keys = [newer.jwk, older.jwk];
    vi.setSystemTime(Date.now() + 30_000);
    expect(await verifier.verify(await newer.sign())).toEqual(active);
    expect(await verifier.verify(await older.sign())).toEqual(active);
    expect(seen).toHaveLength(2);
  });

  it('fetches the keys no more than twice in half a minute, however many kids are forged', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { jwk, sign } = await makeKey();
    const { seen, fetch } = standIn(() => Response.json({ keys: [jwk] }));
    const verifier = createVerifier({ ...parties, fetch, now });
    await verifier.verify(await sign());
    vi.setSystemTime(Date.now() + 30_000);
    for (let i = 0; i < 20; i += 1) {
      expect(await verifier.verify(await sign({ header: { kid: `forged-${i}` } }))).toMatchObject(
        refused('invalid_token'),
      );
      vi.setSystemTime(Date.now() + 1000);
    }
    expect(seen).toHaveLength(2);
  });

  it('does not flood a service that fails with forged kids, and goes on with the keys that it has', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { jwk, sign } = await makeKey();
    let isUp = true;
    const { seen, fetch } = standIn(() => (isUp ? Response.json({ keys: [jwk] }) : new Response('', { status: 503 })));
    const verifier = createVerifier({ ...parties, fetch, now });
    await verifier.verify(await sign());
    isUp = false;
    vi.setSystemTime(Date.now() + 30_000);
    for (let i = 0; i < 20; i += 1) {
      const forged = await verifier.verify(await sign({ header: { kid: `forged-${i}` } }));
      expect(forged).toMatchObject(refused('unavailable'));
      expect(await verifier.verify(await sign())).toEqual(active);
    }
    expect(seen).toHaveLength(2);
    vi.setSystemTime(Date.now() + 1000);
    await verifier.verify(await sign({ header: { kid: 'forged' } }));
    expect(seen).toHaveLength(3);
  });

  it('lets nobody in once the keys are ten minutes old and there are no newer ones', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let isUp = true;
    const { fetch } = standIn(() => (isUp ? Response.json(jwks) : new Response('', { status: 503 })));
    const verifier = createVerifier({ ...parties, fetch, now });
    await verifier.verify(accessToken);
    isUp = false;
    vi.setSystemTime(Date.now() + 600_000);
    expect(await verifier.verify(accessToken)).toMatchObject(refused('unavailable'));
    isUp = true;
    vi.setSystemTime(Date.now() + 1000);
    expect(await verifier.verify(accessToken)).toEqual(active);
  });

  it.each(strangeResponses)('says unavailable when the issuer responds with %s', async (_, respond) => {
    const { fetch } = standIn(respond);
    const verdict = await createVerifier({ ...parties, fetch, now, timeoutMs: 50 }).verify(accessToken);
    expect(verdict).toEqual({ active: false, code: 'unavailable', cause: expect.any(Error) });
    const { cause } = verdict.active || verdict.code !== 'unavailable' ? { cause: undefined } : verdict;
    expect(cause?.message).toMatch(/latchkey|https:\/\/auth\.example\.org\/\.well-known\/jwks\.json/i);
    expect(cause?.message).not.toContain(accessToken);
  });

  it('shares the keys between verifiers, so that one may be made for each request', async () => {
    const { seen, fetch } = standIn(() => Response.json(jwks));
    vi.stubGlobal('fetch', fetch);
    const issuer = 'https://shared.example.org';
    const key = await importJWK(known.keys[0] ?? {}, 'ES256');
    const { sign } = await makeKey(known.keys[0]?.kid);
    const token = await sign({ claims: { iss: issuer }, key });
    for (let i = 0; i < 3; i += 1) {
      expect(await createVerifier({ ...parties, issuer, now }).verify(token)).toEqual(active);
    }
    vi.unstubAllGlobals();
    expect(seen.map(({ url }) => url)).toEqual(['https://shared.example.org/.well-known/jwks.json']);
  });
});

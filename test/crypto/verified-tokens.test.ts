import { importJWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyAccessToken } from '../../src/crypto/access-token.ts';
import { importSigningKeys } from '../../src/crypto/signing-keys.ts';
import { createVerifiedTokens, digestOf } from '../../src/crypto/verified-tokens.ts';
import known from './known-answers.json' with { type: 'json' };

const { claims, keys, parties } = known;
const [{ token } = { token: '' }] = known.accessTokens;
const at = (seconds: number) => ({ now: new Date(seconds * 1000) });

describe('a token that has been verified', () => {
  it('is refused from its expiry on', async () => {
    const signingKeys = await importSigningKeys(JSON.stringify({ keys }));
    expect(await verifyAccessToken(token, parties, signingKeys, at(claims.exp - 1))).toEqual(claims);
    for (const seconds of [claims.exp, claims.exp + 0.5, claims.exp + 900]) {
      await expect(verifyAccessToken(token, parties, signingKeys, at(seconds))).rejects.toMatchObject({
        code: 'ERR_JWT_EXPIRED',
      });
    }
  });

  it('is not verified again', async () => {
    const signingKeys = await importSigningKeys(JSON.stringify({ keys }));
    expect(await verifyAccessToken(token, parties, signingKeys, at(claims.iat))).toEqual(claims);
    const { verifiers } = signingKeys;
    const removed = verifiers.splice(0);
    expect(await verifyAccessToken(token, parties, signingKeys, at(claims.iat))).toEqual(claims);
    verifiers.push(...removed);
  });

  it('is refused for other parties, with another signature, and after its key is gone', async () => {
    const signingKeys = await importSigningKeys(JSON.stringify({ keys }));
    const verify = async (text: string, who = parties, by = signingKeys) =>
      verifyAccessToken(text, who, by, at(claims.iat));
    expect(await verify(token)).toEqual(claims);
    await expect(verify(token, { ...parties, audience: 'other' })).rejects.toMatchObject({ claim: 'aud' });
    await expect(verify(token, { ...parties, issuer: 'https://other.example' })).rejects.toMatchObject({
      claim: 'iss',
    });
    const [head = '', payload = ''] = token.split('.');
    const code = 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED';
    await expect(verify(`${head}.${payload}.${'A'.repeat(86)}`)).rejects.toMatchObject({ code });
    const others = await importSigningKeys(JSON.stringify({ keys: keys.slice(1) }));
    await expect(verify(token, parties, others)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('says the same each time, whatever its reader does with it', async () => {
    const signingKeys = await importSigningKeys(JSON.stringify({ keys }));
    const first = await verifyAccessToken(token, parties, signingKeys, at(claims.iat));
    expect(() => Object.assign(first, { admin: true })).toThrow(TypeError);
    expect(await verifyAccessToken(token, parties, signingKeys, at(claims.iat))).toEqual(claims);
  });

  it('is not remembered when only its expiry was allowed to be wrong', async () => {
    const [key] = keys;
    const signingKeys = await importSigningKeys(JSON.stringify({ keys: [key] }));
    const premature = await new SignJWT({ ...claims, nbf: claims.iat + 60, iss: parties.issuer, aud: parties.audience })
      .setProtectedHeader({ alg: 'ES256', kid: key?.kid ?? '', typ: 'at+jwt' })
      .sign(await importJWK(key ?? {}, 'ES256'));
    const late = { ...at(claims.iat), mayBeExpired: true };
    expect(await verifyAccessToken(premature, parties, signingKeys, late)).toEqual(claims);
    await expect(verifyAccessToken(premature, parties, signingKeys, at(claims.iat))).rejects.toMatchObject({
      claim: 'nbf',
    });
  });
});

describe('the memory', () => {
  it('holds the newest tokens, and drops expired ones first', () => {
    const memory = createVerifiedTokens<{ exp: number }>(3);
    const held = () => ['a', 'b', 'c', 'd', 'e'].filter((name) => memory.recall(name) !== undefined);
    for (const name of ['a', 'b', 'c', 'd']) memory.remember(name, { exp: 20 }, 10);
    expect(held()).toEqual(['b', 'c', 'd']);
    memory.remember('e', { exp: 30 }, 20);
    expect(held()).toEqual(['e']);
  });

  it('knows a token by its SHA-256', async () => {
    expect(await digestOf('a', 'b')).toBe('fhj3NzEbLcOy8mndeDlrA1HxT7Zu-oefdoyyMYGIPHg');
  });
});

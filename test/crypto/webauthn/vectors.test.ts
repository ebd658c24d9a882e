import { base64url } from 'jose';
import { describe, expect, it } from 'vitest';
import { isSignatureOf } from '../../../src/crypto/webauthn/signature.ts';
import { verifyAssertion } from '../../../src/crypto/webauthn/verify-assertion.ts';
import { verifyRegistration } from '../../../src/crypto/webauthn/verify-registration.ts';
import { concat, encode } from '../../support/authenticator.ts';
import vectors from './vectors.json' with { type: 'json' };

const { rpId, origin } = vectors;
type Vector = (typeof vectors.specified)[number] | (typeof vectors.own)[number];

const register = ({ id, registration: { challenge, ...response } }: Vector) =>
  verifyRegistration({ id, rawId: id, type: 'public-key', response }, { challenge, origins: [origin], rpId });

const authenticate = ({ id, publicKey, counters: [counter = 0], assertion: { challenge, ...response } }: Vector) =>
  verifyAssertion(
    { id, rawId: id, type: 'public-key', response },
    { publicKey: JSON.stringify(publicKey), counter },
    { challenge, origins: [origin], rpId },
  );

const ofFrames = vectors.specified.filter(({ name }) => /crossOrigin|topOrigin/.test(name));
const ofPages = [...vectors.specified, ...vectors.own].filter(({ name }) => !/crossOrigin|topOrigin/.test(name));

describe.each(ofPages.filter(({ userVerified }) => userVerified[0]))('the vector $name', (vector) => {
  it('registers its passkey', async () => {
    const { id, publicKey, counters, backedUp } = vector;
    const passkey = { id, publicKey: JSON.stringify(publicKey), counter: counters[0], backedUp: backedUp[0] };
    expect(await register(vector)).toEqual(passkey);
  });
});

describe.each(ofPages.filter(({ userVerified }) => !userVerified[0]))('the vector $name', (vector) => {
  it('registers no passkey, because no user was verified', async () => {
    await expect(register(vector)).rejects.toThrow('no user was verified');
  });
});

describe.each(ofPages.filter(({ userVerified }) => userVerified[1]))('the vector $name', (vector) => {
  it('uses its passkey', async () => {
    const { counters, backedUp } = vector;
    expect(await authenticate(vector)).toEqual({ counter: counters[1], backedUp: backedUp[1], isCloned: false });
  });
});

describe.each(ofPages.filter(({ userVerified }) => !userVerified[1]))('the vector $name', (vector) => {
  it('does not use its passkey, because no user was verified', async () => {
    await expect(authenticate(vector)).rejects.toThrow('no user was verified');
  });
});

describe.each(ofPages)('the vector $name', (vector) => {
  it('has a right signature, and no other', async () => {
    const { authenticatorData, clientDataJSON, signature } = vector.assertion;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', base64url.decode(clientDataJSON)));
    const data = concat(base64url.decode(authenticatorData), digest);
    const jwk = JSON.stringify(vector.publicKey);
    expect(await isSignatureOf(data, { signature: base64url.decode(signature), jwk })).toBe(true);
    const changed = base64url.decode(signature);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(await isSignatureOf(data, { signature: changed, jwk })).toBe(false);
    expect(await isSignatureOf(concat(data, [0]), { signature: base64url.decode(signature), jwk })).toBe(false);
  });
});

describe.each(vectors.own)('the vector $name', (vector) => {
  it.each([0, 1, 63, 65, 64, 256, 512, 513])('is refused with a signature of %d zeros', async (length) => {
    const signature = encode(new Uint8Array(length));
    const used = authenticate({ ...vector, assertion: { ...vector.assertion, signature } });
    await expect(used).rejects.toThrow(/^the signature is (wrong|malformed)$/);
  });
});

describe.each(ofFrames)('the vector $name', (vector) => {
  it('is refused, because the page is in a frame', async () => {
    await expect(register(vector)).rejects.toThrow('the page is in a frame');
    await expect(authenticate(vector)).rejects.toThrow('the page is in a frame');
  });
});

describe('the vectors', () => {
  it('have every algorithm, with users that were verified', () => {
    const algs = ofPages
      .filter(({ userVerified }) => userVerified.every(Boolean))
      .map(({ publicKey }) => publicKey.alg);
    expect(new Set(algs)).toEqual(new Set(['ES256', 'EdDSA', 'RS256']));
    expect(vectors.specified.filter(({ userVerified }) => userVerified.every(Boolean)).map(({ name }) => name)).toEqual(
      ['none.ES256.crossOrigin', 'packed.ES256'],
    );
  });
});

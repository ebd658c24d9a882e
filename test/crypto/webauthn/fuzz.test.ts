import * as fc from 'fast-check';
import { base64url } from 'jose';
import { describe, expect, it } from 'vitest';
import { challengeIn } from '../../../src/crypto/webauthn/client-data.ts';
import { verifyAssertion } from '../../../src/crypto/webauthn/verify-assertion.ts';
import { verifyRegistration } from '../../../src/crypto/webauthn/verify-registration.ts';
import { WebAuthnError } from '../../../src/crypto/webauthn/webauthn-error.ts';
import { encode } from '../../support/authenticator.ts';
import vectors from './vectors.json' with { type: 'json' };

/** `VITE_FUZZ_RUNS=100000 VITE_FUZZ_SEED=7 npx vitest run --project d1 test/crypto/webauthn/fuzz.test.ts` runs longer. */
const { VITE_FUZZ_SEED = 1, VITE_FUZZ_RUNS = 500 } = import.meta.env;
const options = { seed: Number(VITE_FUZZ_SEED), numRuns: Number(VITE_FUZZ_RUNS) };

const { rpId, origin, own, specified } = vectors;
const packed = specified.filter(({ name }) => name === 'packed.ES256');

/** Bytes of base64url, changed in a few places: other bits, bytes less, bytes more, or others from a place on. */
const changed = (text: string) => {
  const bytes = base64url.decode(text);
  const change = fc.record({ at: fc.nat(bytes.length), less: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      encode(
        changes.reduce(
          (all: Uint8Array, { at, less, put }) =>
            Uint8Array.from([...all.slice(0, at), ...put, ...all.slice(at + less)]),
          bytes,
        ),
      ),
    );
};

/** What may stand in the place of `text`: itself, changed, cut as text, or anything. */
const hostile = (text: string) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(text) },
    { weight: 4, arbitrary: changed(text) },
    fc.nat(text.length).map((length) => text.slice(0, length)),
    fc.uint8Array({ maxLength: 300 }).map(encode),
    fc.json().map((json) => encode(new TextEncoder().encode(json))),
    fc.string({ unit: 'binary' }),
  );

/** Resolves with what `work` gives, or with nothing when it refuses as it should. Rejects with any other error. */
const orRefusal = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WebAuthnError) return undefined;
    throw error;
  }
};

describe.each([...own, ...packed])('hostile bytes in place of the vector $name', (vector) => {
  const { id, publicKey, counters, registration, assertion } = vector;
  const [before = 0, after = 0] = counters;

  it('register nothing under another id, and do nothing but refuse', async () => {
    const { challenge, ...right } = registration;
    const response = fc.record({
      clientDataJSON: hostile(right.clientDataJSON),
      attestationObject: hostile(right.attestationObject),
    });
    const isHarmless = fc.asyncProperty(response, hostile(id), async (response, id) => {
      challengeIn(response.clientDataJSON);
      const given = { id, rawId: id, type: 'public-key' as const, response };
      const registered = await orRefusal(verifyRegistration(given, { challenge, origins: [origin], rpId }));
      // Nothing is signed here: another counter, say, may be taken.
      return registered === undefined || registered.id === id;
    });
    await expect(fc.assert(isHarmless, options)).resolves.toBeUndefined();
  });

  it('use no passkey, and do nothing but refuse', async () => {
    const { challenge, ...right } = assertion;
    const response = fc.record({
      clientDataJSON: hostile(right.clientDataJSON),
      authenticatorData: hostile(right.authenticatorData),
      signature: hostile(right.signature),
    });
    const passkey = { publicKey: JSON.stringify(publicKey), counter: before };
    const isHarmless = fc.asyncProperty(response, async (response) => {
      const given = { id, rawId: id, type: 'public-key' as const, response };
      const used = await orRefusal(verifyAssertion(given, passkey, { challenge, origins: [origin], rpId }));
      const isRight = JSON.stringify(response) === JSON.stringify(right);
      return used?.counter === (isRight ? after : undefined);
    });
    await expect(fc.assert(isHarmless, options)).resolves.toBeUndefined();
  });
});

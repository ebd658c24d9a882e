import { describe, expect, it } from 'vitest';
import { challengeIn, type Expected } from '../../../src/crypto/webauthn/client-data.ts';
import { verifyAssertion } from '../../../src/crypto/webauthn/verify-assertion.ts';
import { verifyRegistration } from '../../../src/crypto/webauthn/verify-registration.ts';
import { WebAuthnError } from '../../../src/crypto/webauthn/webauthn-error.ts';
import { encode, FLAG, fromHex, makeAuthenticator, type Said } from '../../support/authenticator.ts';

const rpId = 'example.com';
const origin = 'https://auth.example.com';
const challenge = encode(new TextEncoder().encode('a challenge token'));
const expected: Expected = { challenge, origins: ['https://app.example.com', origin], rpId };

const { register, authenticate, ...authenticator } = await makeAuthenticator({ rpId, origin });
const { publicKey } = await verifyRegistration(await register(challenge), expected);
const passkey = { publicKey, counter: 0 };

const verified = FLAG.UP | FLAG.UV;

/** What is wrong in the same way in both ceremonies, and the reason of the refusal. */
const wrong: [string, Said, string][] = [
  [
    'another challenge',
    { clientData: { challenge: encode(new TextEncoder().encode('a challenge tokem')) } },
    'challenge',
  ],
  ['a challenge with padding', { clientData: { challenge: `${challenge}=` } }, 'challenge'],
  ['no challenge', { clientData: { challenge: undefined } }, 'challenge'],
  ['a challenge that is no text', { clientData: { challenge: [challenge] } }, 'challenge'],
  ['another type', { clientData: { type: 'payment.get' } }, 'type'],
  ['no type', { clientData: { type: undefined } }, 'type'],
  ['another origin', { clientData: { origin: 'https://example.org' } }, 'origin'],
  ['a subdomain that is not in the list', { clientData: { origin: 'https://evil.example.com' } }, 'origin'],
  ['a subdomain of an allowed origin', { clientData: { origin: 'https://a.auth.example.com' } }, 'origin'],
  ['the domain itself', { clientData: { origin: 'https://example.com' } }, 'origin'],
  ['the origin over http', { clientData: { origin: 'http://auth.example.com' } }, 'origin'],
  ['the origin with another port', { clientData: { origin: `${origin}:8443` } }, 'origin'],
  ['the origin with a slash', { clientData: { origin: `${origin}/` } }, 'origin'],
  ['the origin in capitals', { clientData: { origin: origin.toUpperCase() } }, 'origin'],
  ['origins in a list', { clientData: { origin: [origin] } }, 'origin'],
  ['the origin of an app', { clientData: { origin: 'android:apk-key-hash:abc' } }, 'origin'],
  ['no origin', { clientData: { origin: undefined } }, 'origin'],
  ['a frame of another origin', { clientData: { crossOrigin: true } }, 'frame'],
  ['a frame of another origin, as text', { clientData: { crossOrigin: 'true' } }, 'frame'],
  ['a top origin', { clientData: { topOrigin: origin } }, 'frame'],
  ['a top origin of null', { clientData: { topOrigin: null } }, 'frame'],
  ['another RP ID', { rpId: 'auth.example.com' }, 'RP ID'],
  ['the RP ID in capitals', { rpId: 'EXAMPLE.COM' }, 'RP ID'],
  ['no RP ID', { rpId: '' }, 'RP ID'],
  ['nobody present', { flags: FLAG.UV | FLAG.AT }, 'present'],
  ['nobody verified', { flags: FLAG.UP | FLAG.AT }, 'no user was verified'],
  ['a backup of what cannot be backed up', { flags: verified | FLAG.AT | FLAG.BS }, 'backup'],
  ['client data longer than 4 KiB', { clientData: { more: 'x'.repeat(4096) } }, 'client data'],
];

describe('a registration', () => {
  it('gives the id, the key as a JWK, the counter and the backup', async () => {
    const flags = verified | FLAG.AT | FLAG.BE | FLAG.BS;
    expect(await verifyRegistration(await register(challenge, { counter: 4_294_967_295, flags }), expected)).toEqual({
      id: authenticator.id,
      publicKey: expect.stringMatching(/^\{"kty":"EC","alg":"ES256","crv":"P-256","x":"[\w-]{43}","y":"[\w-]{43}"\}$/),
      counter: 4_294_967_295,
      backedUp: true,
    });
  });

  it.each([
    ['of a passkey that can be backed up and is not', { flags: verified | FLAG.AT | FLAG.BE }],
    ['with further client data', { clientData: { extraData: 'from the future' } }],
    ['of an old browser, which says nothing of frames', { clientData: { crossOrigin: undefined } }],
    ['with extensions', { flags: verified | FLAG.AT | FLAG.ED, rest: new Uint8Array([0xa1, 0x61, 0x61, 0xf5]) }],
    ['with a statement, which counts for nothing', { fmt: 'packed', attStmt: new Map([['alg', -7]]) }],
    ['with a statement of several formats', { fmt: 'compound', attStmt: [] }],
  ] satisfies [string, Said][])('%s is taken', async (_, said) => {
    const { backedUp, id } = await verifyRegistration(await register(challenge, said), expected);
    expect({ backedUp, id }).toEqual({ backedUp: false, id: authenticator.id });
  });

  it.each([
    ...wrong,
    ['the type of a login', { clientData: { type: 'webauthn.get' } }, 'type'],
    ['no credential', { flags: verified }, 'no credential'],
    ['bytes behind the credential', { rest: new Uint8Array([0]) }, 'authenticator data'],
    ['extensions that no flag announces', { rest: new Uint8Array([0xa0]) }, 'authenticator data'],
    ['announced extensions missing', { flags: verified | FLAG.AT | FLAG.ED }, 'CBOR'],
    ['extensions that are no map', { flags: verified | FLAG.AT | FLAG.ED, rest: new Uint8Array([0x80]) }, 'CBOR'],
    ['bytes behind extensions', { flags: verified | FLAG.AT | FLAG.ED, rest: new Uint8Array([0xa0, 0]) }, 'data'],
    ['a statement of the format none', { attStmt: new Map([['alg', -7]]) }, 'statement'],
    ['a format none whose statement is no map', { attStmt: [] }, 'statement'],
    ['a format that is no text', { fmt: 0 }, 'attestation object'],
    ['an attestation longer than 8 KiB', { fmt: 'x', attStmt: new Uint8Array(8192) }, 'attestation object'],
  ] satisfies [string, Said, string][])('with %s is refused', async (_, said, reason) => {
    await expectRefusal(verifyRegistration(await register(challenge, said), expected), reason);
  });

  it.each([
    ['id', { id: encode(new Uint8Array(32)) }],
    ['rawId', { rawId: encode(new Uint8Array(32)) }],
    ['id, with padding,', { id: `${authenticator.id}=` }],
    ['both ids, with padding,', { id: `${authenticator.id}=`, rawId: `${authenticator.id}=` }],
  ])('whose %s is another one is refused', async (_, other) => {
    const response = { ...(await register(challenge)), ...other };
    await expectRefusal(verifyRegistration(response, expected), 'credential id');
  });
});

describe('the use of a passkey', () => {
  it.each([
    ...wrong,
    ['the type of a registration', { clientData: { type: 'webauthn.create' } }, 'type'],
    ['bytes behind its data', { rest: new Uint8Array([0]) }, 'authenticator data'],
    ['a credential announced and missing', { flags: verified | FLAG.AT }, 'credential'],
    ['extensions announced and missing', { flags: verified | FLAG.ED }, 'CBOR'],
    ['data longer than 4 KiB', { rest: new Uint8Array(4096) }, 'authenticator data'],
  ] satisfies [string, Said, string][])('with %s is refused', async (_, said, reason) => {
    await expectRefusal(verifyAssertion(await authenticate(challenge, said), passkey, expected), reason);
  });

  it('whose ids differ is refused', async () => {
    const response = { ...(await authenticate(challenge)), rawId: encode(new Uint8Array(32)) };
    await expectRefusal(verifyAssertion(response, passkey, expected), 'credential id');
  });

  it('with the key of another passkey is refused', async () => {
    const other = await makeAuthenticator({ rpId, origin });
    const registered = await verifyRegistration(await other.register(challenge), expected);
    await expectRefusal(verifyAssertion(await authenticate(challenge), registered, expected), 'signature is wrong');
  });

  it('with parts of another use is refused', async () => {
    const [response, other] = await Promise.all([
      authenticate(challenge),
      authenticate(challenge, { counter: 1, clientData: { extraData: 'x' } }),
    ]);
    for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
      const mixed = { ...response, response: { ...response.response, [part]: other.response[part] } };
      await expectRefusal(verifyAssertion(mixed, passkey, expected), 'signature is wrong');
    }
  });

  it.each([
    { before: 0, counter: 0, isCloned: false },
    { before: 0, counter: 1, isCloned: false },
    { before: 1, counter: 2, isCloned: false },
    { before: 7, counter: 4_294_967_295, isCloned: false },
    { before: 1, counter: 1, isCloned: true },
    { before: 2, counter: 1, isCloned: true },
    { before: 1, counter: 0, isCloned: true },
  ])('with the counter $counter after $before gives isCloned: $isCloned', async ({ before, counter, isCloned }) => {
    const response = await authenticate(challenge, { counter });
    expect(await verifyAssertion(response, { publicKey, counter: before }, expected)).toEqual({
      counter,
      backedUp: false,
      isCloned,
    });
  });

  it('tells whether the passkey is backed up', async () => {
    const response = await authenticate(challenge, { flags: verified | FLAG.BE | FLAG.BS });
    expect(await verifyAssertion(response, passkey, expected)).toMatchObject({ backedUp: true });
  });
});

describe('the challenge in client data', () => {
  it('is read before anything is verified', async () => {
    const { response } = await authenticate(challenge, { clientData: { origin: 'https://example.org' } });
    expect(challengeIn(response.clientDataJSON)).toBe(challenge);
  });

  it.each([
    '',
    '{}',
    '[]',
    'null',
    '"challenge"',
    '{"challenge":1}',
    '{"challenge":"x"',
    '\u{feff}\u{feff}{"challenge":"x"}',
  ])('is not in %j', (text) => {
    expect(challengeIn(encode(new TextEncoder().encode(text)))).toBeUndefined();
  });

  it('is not in what is no UTF-8, no base64url, or too long', () => {
    expect(challengeIn(encode(fromHex('7b226368616c6c656e6765223a22ff227d')))).toBeUndefined();
    expect(challengeIn('{"challenge":"x"}')).toBeUndefined();
    expect(
      challengeIn(encode(new TextEncoder().encode(JSON.stringify({ challenge: 'x'.repeat(4096) })))),
    ).toBeUndefined();
  });
});

async function expectRefusal(work: Promise<unknown>, reason: string) {
  const error = await work.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(WebAuthnError);
  expect(error).toMatchObject({ message: expect.stringContaining(reason) });
}

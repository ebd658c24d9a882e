import { exportJWK, generateKeyPair, importJWK, jwtVerify, type JWK } from 'jose';
import { createMachine, type PrivateKey } from 'latchkey-client/machine';
import { describe, expect, it, vi } from 'vitest';
import { credentials, lost, startMachine, url } from './stand-in.ts';

const { clientSecret: _, ...client } = credentials;

/** A fresh key of an algorithm, as a JWK with its private half, and as one without. */
async function makeKey(alg: string): Promise<{ privateKey: PrivateKey; publicKey: JWK }> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const names = { kid: 'k1', alg };
  return {
    privateKey: { ...(await exportJWK(pair.privateKey)), ...names },
    publicKey: { ...(await exportJWK(pair.publicKey)), ...names },
  };
}

const { privateKey } = await makeKey('ES256');

describe('a machine with a private key', () => {
  it.each(['ES256', 'EdDSA', 'Ed25519', 'RS256'])(
    'proves itself with an assertion by %s, another one each time',
    async (alg) => {
      const { privateKey, publicKey } = await makeKey(alg);
      const { machine, seen } = startMachine({ clientSecret: undefined, privateKey }, { answers: [lost] });
      await machine.token();
      const ids = await Promise.all(
        seen.map(async ({ form, headers }) => {
          expect(headers.get('Authorization')).toBeNull();
          const { client_assertion: assertion = '', ...others } = form;
          expect(others).toEqual({
            grant_type: 'client_credentials',
            client_id: 'reports',
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          });
          const currentDate = new Date(1_800_000_000_000);
          const key = await importJWK(publicKey, alg);
          const { payload, protectedHeader } = await jwtVerify(assertion, key, { currentDate });
          expect(protectedHeader).toEqual({ alg, kid: 'k1' });
          const { jti, ...claims } = payload;
          const [iat, exp] = [1_800_000_000, 1_800_000_060];
          expect(claims).toEqual({ iss: 'reports', sub: 'reports', aud: url, iat, exp });
          return jti;
        }),
      );
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(2);
    },
  );

  it('whose key cannot be used throws a TypeError that repeats nothing of it', async () => {
    const { machine, seen } = startMachine({ clientSecret: undefined, privateKey: { ...privateKey, x: 'hunter2' } });
    const error: unknown = await machine.token().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(`${String(error)} ${JSON.stringify(error)} ${String(Reflect.get(Object(error), 'cause'))}`).not.toMatch(
      new RegExp(`hunter2|${privateKey.d}`),
    );
    expect(seen).toEqual([]);
  });
});

describe('createMachine', () => {
  it.each(['https://auth.example.org', 'http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
    'takes the URL %s',
    (url) => {
      const machine = createMachine({ ...credentials, url });
      expect(Object.keys(machine).toSorted()).toEqual(['fetch', 'forget', 'token']);
    },
  );

  it.each<[string, object]>([
    ['no URL', { url: undefined }],
    ['a URL without TLS', { url: 'http://auth.example.org' }],
    ['a URL that only begins like this machine', { url: 'http://localhost.example.org' }],
    ['a URL with a slash at the end', { url: `${url}/` }],
    ['a URL with a path', { url: `${url}/oauth/token` }],
    ['a URL with a password', { url: 'https://joe:hunter2@auth.example.org' }],
    ['no id', { clientId: undefined }],
    ['an empty id', { clientId: '' }],
    ['no secret and no key', { clientSecret: undefined }],
    ['an empty secret', { clientSecret: '' }],
    ['a secret that is a list', { clientSecret: ['hunter2'] }],
    ['a secret and a key', { privateKey }],
    ['an empty scope', { scope: '' }],
    ['a list of no scopes', { scope: [] }],
    ['an empty resource', { resource: '' }],
    ['a timeout that is text', { timeoutMs: '5' }],
    ['a negative timeout', { timeoutMs: -1 }],
    ['a key as text', { clientSecret: undefined, privateKey: JSON.stringify(privateKey) }],
    ['a key that is null', { clientSecret: undefined, privateKey: null }],
    ['a public key', { clientSecret: undefined, privateKey: { ...privateKey, d: undefined } }],
    ['a key without a kid', { clientSecret: undefined, privateKey: { ...privateKey, kid: undefined } }],
    ['a key without an algorithm', { clientSecret: undefined, privateKey: { ...privateKey, alg: undefined } }],
    ['a key of another algorithm', { clientSecret: undefined, privateKey: { ...privateKey, alg: 'HS256' } }],
  ])('throws a TypeError at once for %s, and repeats no secret', (_, options) => {
    const given = { ...credentials, clientSecret: 'hunter2', ...options };
    const create = (): unknown => Reflect.apply(createMachine, undefined, [given]);
    expect(create).toThrow(TypeError);
    expect(create).not.toThrow(new RegExp(`hunter2|${privateKey.d}`));
  });

  it('does not compile with a secret and a key, or with neither', () => {
    const wrong = [
      // @ts-expect-error both
      () => createMachine({ ...credentials, privateKey }),
      // @ts-expect-error neither
      () => createMachine(client),
    ];
    for (const create of wrong) expect(create).toThrow(TypeError);
  });

  it('uses the fetch of the platform, which a test may have replaced', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (input: string) => {
      asked.push(input);
      return Response.json({ access_token: 'a', token_type: 'bearer', expires_in: 9 });
    });
    const machine = createMachine(credentials);
    expect(await machine.token()).toBe('a');
    await machine.fetch('https://api.example.org/');
    vi.unstubAllGlobals();
    expect(asked).toEqual([`${url}/oauth/token`, 'https://api.example.org/']);
  });
});

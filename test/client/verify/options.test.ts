import { describe, expect, it } from 'vitest';
import { createVerifier, type VerifierOptions } from '../../../packages/client/src/verify.ts';
import { jwks, parties } from './tokens.ts';

const { issuer, audience } = parties;
const client = { clientId: 'orders.api', clientSecret: 'hunter2' };
const service = { verify: async () => undefined };

describe('createVerifier', () => {
  it.each<[VerifierOptions]>([
    [{ issuer, audience }],
    [{ issuer, audience, jwks }],
    [{ issuer, audience, ...client }],
    [{ service }],
    [{ issuer, audience, service, timeoutMs: 1 }],
    [{ issuer: 'http://localhost:8787', audience }],
    [{ issuer: 'http://127.0.0.1:8787', audience }],
    [{ issuer: 'http://[::1]:8787', audience, clockToleranceSeconds: 0 }],
  ])('takes %j', (options) => {
    expect(createVerifier(options)).toEqual({ verify: expect.any(Function) });
  });

  it.each<[string, object]>([
    ['no issuer', { audience }],
    ['an issuer without TLS', { issuer: 'http://auth.example.org', audience }],
    ['an issuer with a slash at the end', { issuer: `${issuer}/`, audience }],
    ['an issuer with a path', { issuer: `${issuer}/auth`, audience }],
    ['an issuer with a password', { issuer: 'https://joe:hunter2@auth.example.org', audience }],
    ['an issuer that is no URL', { issuer: 'auth.example.org', audience }],
    ['an issuer of another scheme', { issuer: 'file:///etc', audience }],
    ['an issuer that only begins like this machine', { issuer: 'http://localhost.example.org', audience }],
    ['an issuer that is a URL object', { issuer: new URL(issuer), audience }],
    ['no audience', { issuer }],
    ['an empty audience', { issuer, audience: '' }],
    ['a blank audience', { issuer, audience: ' ' }],
    ['keys and introspection', { issuer, audience, jwks, ...client }],
    ['keys and a binding', { issuer, audience, jwks, service }],
    ['introspection and a binding', { issuer, audience, service, ...client }],
    ['a client without a secret', { issuer, audience, clientId: 'orders.api' }],
    ['a secret without a client', { issuer, audience, clientSecret: 'hunter2' }],
    ['an empty secret', { issuer, audience, ...client, clientSecret: '' }],
    ['an empty client', { issuer, audience, ...client, clientId: '' }],
    ['a binding that is missing', { service: undefined }],
    ['a binding that is missing beside the parties', { issuer, audience, service: undefined }],
    ['a binding that is text', { service: 'latchkey' }],
    ['a binding and a wrong issuer', { service, issuer: 'x' }],
    ['no keys', { issuer, audience, jwks: { keys: [] } }],
    ['keys that are no set', { issuer, audience, jwks: jwks.keys }],
    ['a key without a kid', { issuer, audience, jwks: { keys: [{ ...jwks.keys[0], kid: undefined }] } }],
    ['a private key', { issuer, audience, jwks: { keys: [{ ...jwks.keys[0], d: 'hunter2' }] } }],
    ['a secret as a key', { issuer, audience, jwks: { keys: [{ kty: 'oct', kid: 'a', k: 'hunter2' }] } }],
    ['a negative timeout', { issuer, audience, timeoutMs: -1 }],
    ['a timeout that is no number', { issuer, audience, timeoutMs: Number.NaN }],
    ['an endless timeout', { issuer, audience, timeoutMs: Number.POSITIVE_INFINITY }],
    ['a negative tolerance', { issuer, audience, clockToleranceSeconds: -1 }],
    ['a timeout that is text', { issuer, audience, timeoutMs: '5' }],
    ['a tolerance that is text', { issuer, audience, clockToleranceSeconds: '5' }],
    ['a tolerance of an hour', { issuer, audience, clockToleranceSeconds: 3600 }],
  ])('throws a TypeError at once for %s, and repeats no secret', (_, options) => {
    const create = (): unknown => Reflect.apply(createVerifier, undefined, [options]);
    expect(create).toThrow(TypeError);
    expect(create).not.toThrow(/hunter2/);
  });

  it('does not compile with two ways at once, or with half of one', () => {
    const wrong = [
      // @ts-expect-error keys and a binding
      () => createVerifier({ issuer, audience, jwks, service }),
      // @ts-expect-error keys and introspection
      () => createVerifier({ issuer, audience, jwks, ...client }),
      // @ts-expect-error a client without a secret
      () => createVerifier({ issuer, audience, clientId: 'orders.api' }),
      // @ts-expect-error no audience
      () => createVerifier({ issuer }),
    ];
    for (const create of wrong) expect(create).toThrow(TypeError);
  });
});

import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../../packages/client/src/verify.ts';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { accessToken, claims, parties, refreshTokens } from './tokens.ts';

const active = { active: true, claims: known.claims };
const binding = (answer: unknown) => ({ verify: async () => answer });
const verify = (answer: unknown, more = {}) =>
  createVerifier({ service: binding(answer), ...more }).verify(accessToken);

describe('a verifier by a service binding', () => {
  it('gives the token to Latchkey, and needs neither issuer nor audience', async () => {
    const seen: string[] = [];
    const service = { verify: async (token: string) => (seen.push(token), active) };
    expect(await createVerifier({ service }).verify(accessToken)).toEqual({ active: true, claims });
    expect(seen).toEqual([accessToken]);
  });

  it('gives the roles and the claims of the user', async () => {
    const rights = { roles: ['editor'], rights_version: 2, tenant: 'acme' };
    expect(await verify({ active: true, claims: { ...known.claims, ...rights } })).toEqual({
      active: true,
      claims: { ...claims, ...rights },
    });
  });

  it('compares issuer and audience when it has them, as when a binding leads to another Latchkey', async () => {
    expect(await verify(active, parties)).toEqual({ active: true, claims });
    for (const others of [{ issuer: 'https://auth.example.net' }, { audience: 'other' }]) {
      expect(await verify(active, others)).toMatchObject({ active: false, code: 'invalid_token' });
    }
  });

  it.each(['expired_token', 'invalid_token', 'revoked_token'])('passes on %s', async (code) => {
    expect(await verify({ active: false, code })).toEqual({ active: false, code });
  });

  it.each([
    ['storage_unavailable', { active: false, code: 'storage_unavailable' }],
    ['misconfigured', { active: false, code: 'misconfigured' }],
    ['internal_error', { active: false, code: 'internal_error' }],
    ['no code', { active: false }],
    ['nothing', undefined],
    ['text', 'active'],
    ['active as text', { ...active, active: 'true' }],
    ['no claims', { active: true }],
    ['roles that are none', { active: true, claims: { ...known.claims, roles: [null] } }],
    ['too few claims', { active: true, claims: { sub: 'user' } }],
    ['the claims as active', { ...known.claims, active: 1 }],
  ])('says unavailable when Latchkey responds with %s', async (_, answer) => {
    expect(await verify(answer)).toEqual({ active: false, code: 'unavailable', cause: expect.any(Error) });
  });

  it('says unavailable when the call fails, takes too long, or is of a binding without the entrypoint', async () => {
    const services = [
      { verify: () => Promise.reject(new Error('Network connection lost.')) },
      { verify: () => new Promise<never>(() => undefined) },
      { fetch: () => undefined, connect: () => undefined },
    ];
    for (const service of services) {
      const verdict = await createVerifier({ service, timeoutMs: 50 }).verify(accessToken);
      expect(verdict).toEqual({ active: false, code: 'unavailable', cause: expect.any(Error) });
    }
  });

  it('asks nobody about a refresh token', async () => {
    const { verify } = createVerifier({ service: binding(active) });
    for (const token of refreshTokens)
      expect(await verify(token)).toMatchObject({ active: false, code: 'invalid_token' });
  });
});

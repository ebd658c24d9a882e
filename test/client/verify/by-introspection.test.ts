import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../../packages/client/src/verify.ts';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { standIn, strangeResponses } from './stand-in.ts';
import { accessToken, claims, parties, refreshTokens } from './tokens.ts';

const client = { clientId: 'orders.api', clientSecret: 'a b+ü:%/' };
const answer = { active: true, iss: parties.issuer, aud: parties.audience, token_type: 'Bearer', ...known.claims };

/** Verifies `token` by a stand-in that responds with `body`. */
async function verify(body: unknown, token = accessToken) {
  const { seen, fetch } = standIn(() => Response.json(body));
  return { seen, verdict: await createVerifier({ ...parties, ...client, fetch }).verify(token) };
}

describe('a verifier by introspection', () => {
  it('sends the token in a form, and form-encodes id and secret before base64', async () => {
    const { seen, verdict } = await verify(answer);
    expect(verdict).toEqual({ active: true, claims });
    expect(seen).toMatchObject([
      {
        url: 'https://auth.example.org/oauth/introspect',
        init: {
          method: 'POST',
          redirect: 'manual',
          headers: {
            authorization: 'Basic b3JkZXJzLmFwaTphK2IlMkIlQzMlQkMlM0ElMjUlMkY=',
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: `token=${accessToken}&token_type_hint=access_token`,
        },
      },
    ]);
  });

  it('gives the roles and the claims of the user, and none about the token', async () => {
    const rights = { roles: ['editor'], rights_version: 2, tenant: 'acme' };
    expect((await verify({ ...answer, ...rights })).verdict).toEqual({
      active: true,
      claims: { ...claims, ...rights },
    });
  });

  it.each([
    ['is not active', { active: false }],
    ['is not active, with its claims', { ...answer, active: false }],
    ['has another type', { ...answer, token_type: 'refresh_token' }],
    ['has no type', { ...answer, token_type: undefined }],
    ['is of another issuer', { ...answer, iss: 'https://auth.example.net' }],
    ['is for another audience', { ...answer, aud: 'other' }],
    ['is for other audiences', { ...answer, aud: ['a', 'b'] }],
    ['is of an unnamed issuer', { ...answer, iss: undefined }],
    ['is for an unnamed audience', { ...answer, aud: undefined }],
  ])('refuses a token that %s', async (_, body) => {
    expect((await verify(body)).verdict).toMatchObject({ active: false, code: 'invalid_token' });
  });

  it('accepts an answer with several audiences, and a type in any case', async () => {
    const body = { ...answer, aud: ['other', answer.aud], token_type: 'bearer' };
    expect((await verify(body)).verdict).toEqual({ active: true, claims });
  });

  it.each([
    ['claims of an active token are left out', { ...answer, sid: undefined }],
    ['the roles are text', { ...answer, roles: 'editor' }],
    ['active is text', { ...answer, active: 'true' }],
    ['active is left out', { ...answer, active: undefined }],
  ])('says unavailable when %s', async (_, body) => {
    expect((await verify(body)).verdict).toMatchObject({ active: false, code: 'unavailable' });
  });

  it('asks nobody about a refresh token, or anything else that is not a JWT', async () => {
    for (const token of refreshTokens) {
      expect(await verify(answer, token)).toEqual({ seen: [], verdict: { active: false, code: 'invalid_token' } });
    }
    expect(await verify(answer, '')).toEqual({ seen: [], verdict: { active: false, code: 'malformed_token' } });
  });

  it.each(strangeResponses)('says unavailable when the service responds with %s', async (_, respond) => {
    const { fetch } = standIn(respond);
    const verdict = await createVerifier({ ...parties, ...client, fetch, timeoutMs: 50 }).verify(accessToken);
    expect(verdict).toEqual({ active: false, code: 'unavailable', cause: expect.any(Error) });
  });

  it('tells the operator, and not the caller, of a wrong client secret', async () => {
    const { fetch } = standIn(() => Response.json({ error: 'invalid_client' }, { status: 401 }));
    const verdict = await createVerifier({ ...parties, ...client, fetch }).verify(accessToken);
    expect(verdict).toMatchObject({ active: false, code: 'unavailable' });
    const message = 'cause' in verdict ? verdict.cause.message : '';
    expect(message).toBe(
      'https://auth.example.org/oauth/introspect responded with 401: it does not know this client, or the client secret is wrong.',
    );
  });
});

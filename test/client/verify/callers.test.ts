import { describe, expect, it } from 'vitest';
import { createVerifier, type Verifier } from '../../../packages/client/src/verify.ts';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { apiKey, callers } from './callers.ts';
import { standIn } from './stand-in.ts';
import { accessToken, makeKey, now, parties } from './tokens.ts';

type Payload = Record<string, unknown>;

const { claims: person } = known;
const nothing = Object.fromEntries(Object.keys(person).map((name) => [name, undefined]));

/** A verifier of each way that gets `payload` from a token, or as an answer; and what to verify. */
async function ways(payload: Payload, answer: Payload) {
  const { jwk, sign } = await makeKey();
  const { fetch } = standIn(() =>
    Response.json({ active: true, iss: parties.issuer, aud: parties.audience, token_type: 'Bearer', ...answer }),
  );
  const service = { verify: async () => ({ active: true, claims: answer }) };
  const client = { clientId: 'orders.api', clientSecret: 'hunter2' };
  const verifiers: Record<string, Verifier> = {
    keys: createVerifier({ ...parties, jwks: { keys: [jwk] }, now }),
    introspection: createVerifier({ ...parties, ...client, fetch }),
    binding: createVerifier({ ...parties, service }),
  };
  return { verifiers: Object.entries(verifiers), token: await sign({ claims: { ...nothing, ...payload } }) };
}

const kinds = Object.entries(callers).map(([name, { payload, claims }]) => [name, payload, claims] as const);
const refused = (code: string) => ({ active: false, code });

describe('a verifier of any way', () => {
  it.each(kinds)('lets in a %s where a scope is named that it has', async (_, payload, claims) => {
    const { verifiers, token } = await ways(payload, { ...payload, kind: claims.kind });
    for (const [way, { verify }] of verifiers) {
      for (const scope of ['reports:read', 'reports:write reports:read', ['reports:read', 'reports:write']]) {
        expect(await verify(token, { scope }), way).toEqual({ active: true, claims });
      }
    }
  });

  it.each(kinds)('lets in no %s where no scope is named', async (_, payload, claims) => {
    const { verifiers, token } = await ways(payload, { ...payload, kind: claims.kind });
    for (const [way, { verify }] of verifiers) {
      expect(await verify(token), way).toEqual(refused('user_required'));
    }
  });

  it.each(kinds)('lets in no %s that does not have all the scopes', async (_, payload, claims) => {
    for (const held of ['reports:read', 'reports', 'reports:readers reports:write', undefined]) {
      const { verifiers, token } = await ways(
        { ...payload, scope: held },
        { ...payload, scope: held, kind: claims.kind },
      );
      for (const [way, { verify }] of verifiers) {
        const verdict = await verify(token, { scope: ['reports:read', 'reports:write'] });
        expect(verdict, `${way} ${held}`).toEqual(refused('insufficient_scope'));
      }
    }
  });

  it('lets in a person with the scope, and without it where none is named', async () => {
    const payload = { ...person, scope: 'api', auth_time: 1_800_000_000, acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] };
    const { verifiers, token } = await ways(payload, { ...payload, kind: 'user' });
    for (const [way, { verify }] of verifiers) {
      const { user_version: _, ...claims } = { ...payload, kind: 'user' };
      expect(await verify(token, { scope: 'api' }), way).toEqual({ active: true, claims });
      expect(await verify(token), way).toEqual({ active: true, claims });
      expect(await verify(token, { scope: 'reports:read' }), way).toEqual(refused('insufficient_scope'));
    }
  });

  it('takes a token of an older Latchkey, which says no kind, for a person if it has a session', async () => {
    const older = { ...person, auth_time: undefined, acr: undefined, amr: undefined };
    const { verifiers, token } = await ways(older, older);
    const told = { kind: 'user', sid: 'session', auth_time: 0, acr: 'aal1', amr: [] };
    for (const [way, { verify }] of verifiers) {
      expect(await verify(token), way).toMatchObject({ active: true, claims: told });
      expect(await verify(token, { scope: 'api' }), way).toEqual(refused('insufficient_scope'));
    }
  });

  it.each<[string, Payload, Payload]>([
    ['without a session, a key or a client', { ...person, sid: undefined }, {}],
    ['of a client that is not its subject', { ...callers.machine.payload, sub: 'other' }, { kind: 'machine' }],
    ['of a client with a session', { ...callers.machine.payload, sid: 'session' }, { kind: 'machine' }],
    ['of a key that is no text', { ...callers.keyOfUser.payload, key_id: 7 }, { kind: 'user' }],
    ['of a key of a client that is no text', { ...callers.keyOfMachine.payload, key_id: 7 }, { kind: 'machine' }],
    ['of a key that is an administrator', { ...callers.keyOfUser.payload, admin: true }, { kind: 'user' }],
    ['of a key whose roles are text', { ...callers.keyOfUser.payload, roles: 'editor' }, { kind: 'user' }],
    ['whose scope is a list', { ...callers.machine.payload, scope: ['reports:read'] }, { kind: 'machine' }],
    ['of a person whose scope is a list', { ...person, scope: ['reports:read'] }, { kind: 'user' }],
    ['of a person whose authentication has a time in text', { ...person, auth_time: '1800000000' }, { kind: 'user' }],
    ['of a person whose acr is a list', { ...person, acr: ['aal2'] }, { kind: 'user' }],
    ['of a person whose amr is text', { ...person, amr: 'mfa' }, { kind: 'user' }],
    ['of a person whose amr has a number', { ...person, amr: ['pwd', 7] }, { kind: 'user' }],
    ['whose expiry is text', { ...callers.machine.payload, exp: '2027' }, { kind: 'machine' }],
  ])('lets in no token %s, with a scope or without', async (_, payload, kind) => {
    const { verifiers, token } = await ways(payload, { ...payload, ...kind });
    for (const [way, { verify }] of verifiers) {
      const code = way === 'keys' ? 'invalid_token' : 'unavailable';
      expect(await verify(token, { scope: 'reports:read' }), way).toMatchObject(refused(code));
      expect(await verify(token), way).toMatchObject(refused(code));
    }
  });

  it.each([[''], [[]], [' '], ['a '], ['a  b'], [['a', '']], ['a"b'], ['é']])(
    'throws a TypeError for the scope %j, which names none',
    async (scope) => {
      const { verifiers, token } = await ways(callers.machine.payload, callers.machine.claims);
      for (const [, { verify }] of verifiers) await expect(verify(token, { scope })).rejects.toBeInstanceOf(TypeError);
    },
  );

  it.each([[null], [7], [{}], [[undefined]], [[['reports:read']]]])(
    'throws a TypeError for %j, which is no scope',
    async (scope) => {
      const { verifiers, token } = await ways(callers.machine.payload, callers.machine.claims);
      for (const [, { verify }] of verifiers) {
        await expect(Reflect.apply(verify, undefined, [token, { scope }])).rejects.toBeInstanceOf(TypeError);
      }
    },
  );

  it('throws a TypeError for options without a scope, and does not let in all people', async () => {
    const { verifiers, token } = await ways(person, { ...person, kind: 'user' });
    for (const [, { verify }] of verifiers) {
      for (const options of [{}, { scope: undefined }, { scopes: 'reports:read' }])
        await expect(Reflect.apply(verify, undefined, [token, options])).rejects.toBeInstanceOf(TypeError);
    }
  });
});

it('lets in nobody of whom Latchkey says that it is a machine with a session', async () => {
  const { verifiers, token } = await ways(person, { ...person, kind: 'machine', scope: 'api' });
  for (const [way, { verify }] of verifiers.filter(([way]) => way !== 'keys')) {
    expect(await verify(token), way).toMatchObject(refused('unavailable'));
    expect(await verify(token, { scope: 'api' }), way).toMatchObject(refused('unavailable'));
  }
});

describe('a verifier by the keys', () => {
  it('ignores the kind that a token says itself', async () => {
    const { verifiers, token } = await ways({ ...person, kind: 'machine' }, {});
    expect(await verifiers[0]?.[1].verify(token)).toMatchObject({ active: true, claims: { kind: 'user' } });
    const machine = await ways({ ...callers.machine.payload, kind: 'user' }, {});
    expect(await machine.verifiers[0]?.[1].verify(machine.token)).toEqual(refused('user_required'));
  });

  it.each(['sub', 'jti', 'client_id', 'iat', 'exp'])('lets in no machine whose token has no %s', async (name) => {
    const { verifiers, token } = await ways({ ...callers.machine.payload, [name]: undefined }, {});
    expect(await verifiers[0]?.[1].verify(token, { scope: 'reports:read' })).toMatchObject(refused('invalid_token'));
  });
});

describe('an API key', () => {
  const answers = [
    ['of a user', { kind: 'user', sub: 'user', key_id: 'k2', roles: ['editor'], scope: 'reports:read' }],
    ['of a client', { kind: 'machine', sub: 'reports', client_id: 'reports', key_id: 'k1', scope: 'reports:read' }],
  ] as const;

  it.each(answers)('%s is good by introspection and by a binding, with a scope that it has', async (_, answer) => {
    const { verifiers } = await ways({}, answer);
    for (const [way, { verify }] of verifiers.filter(([way]) => way !== 'keys')) {
      const verdict = await verify(apiKey, { scope: 'reports:read' });
      expect(verdict, way).toMatchObject({ active: true, claims: answer });
      expect(verdict.active && verdict.claims.sid, way).toBeUndefined();
      expect(await verify(apiKey, { scope: 'reports:write' }), way).toEqual(refused('insufficient_scope'));
    }
  });

  it('is no person: where no scope is named, nobody is asked', async () => {
    const { seen, fetch } = standIn(() => Response.json({ active: true }));
    const service = { verify: () => Promise.reject(new Error('asked')) };
    const client = { clientId: 'orders.api', clientSecret: 'hunter2' };
    for (const options of [{ ...parties, fetch }, { ...parties, fetch, ...client }, { service }]) {
      expect(await createVerifier(options).verify(apiKey)).toEqual(refused('user_required'));
    }
    expect(seen).toEqual([]);
  });

  it('is to be exchanged where the public keys verify', async () => {
    const { seen, fetch } = standIn(() => Response.json({ keys: [] }));
    const verdict = await createVerifier({ ...parties, fetch }).verify(apiKey, { scope: 'reports:read' });
    expect(verdict).toEqual(refused('exchange_required'));
    expect(seen).toEqual([]);
  });

  it('lets in nobody when the answer is about a person', async () => {
    const { verifiers } = await ways({}, { ...person, kind: 'user', scope: 'reports:read' });
    for (const [way, { verify }] of verifiers.filter(([way]) => way !== 'keys')) {
      expect(await verify(apiKey, { scope: 'reports:read' }), way).toMatchObject(refused('unavailable'));
    }
  });

  it('is of one issuer, and for no audience until it is exchanged', async () => {
    const [, answer] = answers[0];
    const verify = async (more: object) =>
      (await ways({}, { ...answer, ...more })).verifiers[1]?.[1].verify(apiKey, { scope: 'reports:read' });
    expect(await verify({ iss: 'https://auth.example.net' })).toMatchObject(refused('invalid_token'));
    expect(await verify({ aud: 'other' })).toMatchObject({ active: true });
  });

  it('that is not active by introspection is invalid_api_key, and is sent without a hint', async () => {
    const { seen, fetch } = standIn(() => Response.json({ active: false }));
    const { verify } = createVerifier({ ...parties, fetch, clientId: 'orders.api', clientSecret: 'hunter2' });
    expect(await verify(apiKey, { scope: 'reports:read' })).toEqual(refused('invalid_api_key'));
    expect(seen).toMatchObject([{ init: { body: `token=${apiKey}` } }]);
  });

  it.each([apiKey.slice(0, -1), `${apiKey}0`, apiKey.replace('lk_', 'LK_'), apiKey.replace('lk_0', 'lk_-')])(
    'has one form: %s is none',
    async (text) => {
      const { verify } = createVerifier({ service: { verify: () => Promise.reject(new Error('asked')) } });
      expect(await verify(text, { scope: 'reports:read' })).toEqual(refused('invalid_token'));
    },
  );
});

describe('a verifier by a binding', () => {
  it('tells Latchkey the scopes, and then the audience', async () => {
    const asked: unknown[] = [];
    const service = {
      verify: async (...given: unknown[]) => (asked.push(given), { active: false, code: 'invalid_token' }),
    };
    await createVerifier({ service }).verify(accessToken);
    await createVerifier({ service, ...parties }).verify(accessToken);
    await createVerifier({ service }).verify(apiKey, { scope: 'reports:read' });
    await createVerifier({ service, audience: 'a' }).verify(apiKey, { scope: ['reports:read', 'reports:write'] });
    expect(asked).toEqual([
      [accessToken, {}],
      [accessToken, {}],
      [apiKey, { scope: 'reports:read' }],
      [apiKey, { scope: 'reports:read reports:write', audience: 'a' }],
    ]);
  });

  it('says unavailable when Latchkey does not have the audience, and tells the operator', async () => {
    const service = { verify: async () => ({ active: false, code: 'invalid_request' }) };
    const verdict = await createVerifier({ service, audience: 'a' }).verify(apiKey, { scope: 'reports:read' });
    const message = 'Latchkey responded with invalid_request. Is the audience of the verifier one of its own?';
    expect(verdict).toMatchObject({ active: false, code: 'unavailable', cause: { message } });
  });

  it.each(['invalid_api_key', 'insufficient_scope', 'user_required'])('passes on %s', async (code) => {
    const { verify } = createVerifier({ service: { verify: async () => ({ active: false, code }) } });
    expect(await verify(apiKey, { scope: 'reports:read' })).toEqual(refused(code));
  });
});

it('tells by its types a person from a machine and from an API key', async () => {
  const { verifiers, token } = await ways(callers.keyOfUser.payload, callers.keyOfUser.claims);
  const verdict = await verifiers[0]?.[1].verify(token, { scope: 'reports:read' });
  const claims = verdict?.active === true ? verdict.claims : undefined;
  const names = claims === undefined ? [] : claims.kind === 'machine' ? [claims.client_id] : [claims.roles, claims.sub];
  const key: string | undefined = claims?.kind === 'user' && claims.sid === undefined ? claims.key_id : undefined;
  const session: string | undefined = claims?.kind === 'user' && claims.sid !== undefined ? claims.sid : undefined;
  expect([names, key, session]).toEqual([[['editor'], 'user'], 'k2', undefined]);
});

import { exports } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { basic, client, hashOf } from '../../support/clients.ts';
import { emptyTables } from '../../support/database.ts';
import { fieldsOf, storedTypes } from '../../support/events.ts';
import { operatorToken } from '../../support/operator.ts';
import { bearer, tokensOf } from '../../support/service.ts';

const { ask, call, make, change, show, logIn, status } = startAdministration({
  env: { OAUTH_CLIENTS: `${client.id}:${hashOf(client.secret)}` },
});

beforeEach(emptyTables);

/** A new access token of `user`, as each reader gets it. */
async function readToken(user: object) {
  const { access } = tokensOf(await logIn(user));
  const { body: introspected } = await call('/oauth/introspect', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic() },
    body: new URLSearchParams({ token: access }).toString(),
  });
  expect(introspected).toMatchObject({ active: true });
  const verified = await exports.Verifier.verify(access);
  if (!('claims' in verified)) throw new TypeError(`refused: ${verified.code}`);
  return { access, decoded: { ...decodeJwt(access) }, introspected, verified: fieldsOf(verified.claims) };
}

const namesOf = ({ decoded, introspected, verified }: Awaited<ReturnType<typeof readToken>>) => [
  ...new Set([decoded, introspected, verified].flatMap((claims) => Object.keys(claims))),
];

describe('the name of a claim', () => {
  it('is refused when a token or an introspection has it already, and nothing changes', async () => {
    const user = await make({ admin: true, roles: ['a'], claims: { tenant: 'acme' }, email_verified: true });
    const names = namesOf(await readToken(user)).filter((name) => name !== 'tenant');
    expect(names).toEqual(expect.arrayContaining(['iss', 'sub', 'exp', 'admin', 'roles', 'active', 'token_type']));
    const [before, events] = [await show(user.id), await storedTypes()];
    const refused = { status: 400, body: { code: 'invalid_request' } };
    for (const name of names) {
      const claims = { other: 1, [name]: 'x' };
      expect(await change(user.id, { claims }), name).toMatchObject(refused);
      const body = { email: 'jane@example.org', password: 'correct horse', claims };
      expect(await ask({ route: 'POST /admin/users', body }), name).toMatchObject(refused);
    }
    expect(await show(user.id)).toEqual(before);
    expect(await storedTypes()).toEqual(events);
  });

  it.each(['\u{ff53}ub', '\u0455ub', 'sub\u200b', 'sub\u0000', 'sub ', 'e\u0301', '\u00e9', ''])(
    'is refused when it is not of printable ASCII: %j',
    async (name) => {
      const { id } = await make();
      const { status, body } = await change(id, { claims: { [name]: 'x' } });
      expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid_request' });
      expect(await show(id)).toMatchObject({ claims: {} });
    },
  );

  it('is refused when JSON writes ours with escapes, or after another one', async () => {
    const { id } = await make();
    for (const claims of ['{"\\u0073ub":"x"}', '{"Sub":1,"sub":"x"}', '{"sub":"x","Sub":1}']) {
      const headers = { 'content-type': 'application/json', ...bearer(await operatorToken()) };
      const request = { method: 'PATCH', headers, body: `{"claims":${claims}}` };
      expect((await call(`/admin/users/${id}`, request)).status, claims).toBe(400);
    }
    expect(await show(id)).toMatchObject({ claims: {} });
  });

  it('is refused in capital letters too: some readers of claims do not tell them apart', async () => {
    const user = await make();
    for (const name of ['Sub', ...namesOf(await readToken(user)).map((each) => each.toUpperCase())])
      expect((await change(user.id, { claims: { [name]: 'x' } })).status, name).toBe(400);
    expect(await show(user.id)).toMatchObject({ claims: {} });
  });
});

describe('claims in another order', () => {
  it('are other claims, and make older tokens expired', async () => {
    const user = await make({ claims: { a: 1, b: { c: 2, d: 3 } } });
    const { access } = tokensOf(await logIn(user));
    expect((await change(user.id, { claims: { a: 1, b: { c: 2, d: 3 } } })).body).toMatchObject({ changed: false });
    expect((await status(access)).status).toBe(200);
    const inOrder = { b: { c: 2, d: 3 }, a: 1 };
    for (const claims of [inOrder, { b: { d: 3, c: 2 }, a: 1 }]) {
      expect((await change(user.id, { claims })).body).toMatchObject({ changed: true });
      expect(JSON.stringify((await show(user.id))['claims'])).toBe(JSON.stringify(claims));
    }
    expect((await status(access)).body).toMatchObject({ code: 'expired_token' });
  });
});

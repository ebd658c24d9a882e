import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair } from 'jose';
import { beforeEach, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { emptyTables, sql } from '../../support/database.ts';
import { operatorToken } from '../../support/operator.ts';
import { tokensOf } from '../../support/service.ts';

beforeEach(emptyTables);

/** Everything by which a user can authenticate in one session. */
const allMethods = ['pwd', 'otp', 'recovery', 'pop', 'user', 'mfa'];

/** A private JWKS with one key of 2,048 bits, whose signatures are the longest of a usual key. */
async function rsaKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return JSON.stringify({ keys: [{ ...(await exportJWK(privateKey)), kid: 'k'.repeat(43), alg: 'RS256' }] });
}

it.each([
  { name: 'roles', issuer: 12, roles: 30, claim: 0 },
  { name: 'claims', issuer: 12, roles: 16, claim: 944 },
  { name: 'letters in the ISSUER', issuer: 240, roles: 13, claim: 917 },
  { name: 'scopes', issuer: 12, roles: 9, claim: 962, scopes: 7 },
])('keeps the largest access token below 4 KiB: most $name', async ({ issuer, roles, claim, scopes = 1 }) => {
  const ISSUER = `https://${'a'.repeat(issuer)}.org`;
  const keys = await rsaKeys();
  const USER_SCOPES = Array.from(
    { length: scopes },
    (_, i) => `s${String(i).padStart(scopes === 1 ? 2 : 63, 'x')}`,
  ).join();
  const service = startAdministration({ env: { SIGNING_KEYS: keys, ISSUER, AUDIENCE: 'latchkey', USER_SCOPES } });
  const claims = { iss: ISSUER, aud: `${ISSUER}/admin` };
  const body = {
    email: 'joe@gmail.com',
    password: 'correct horse',
    admin: true,
    roles: Array.from({ length: roles }, (_, i) => String(i).padStart(64, 'r')),
    claims: claim === 0 ? {} : { c: 'x'.repeat(claim) },
  };
  const tooMany = {
    ...body,
    roles: [...body.roles, 'a'.repeat(64), 'b'.repeat(64)].slice(-32),
    claims: { c: 'x'.repeat(1010) },
  };
  const refused = await service.ask({
    route: 'POST /admin/users',
    body: tooMany,
    token: await operatorToken({ keys, claims }),
  });
  expect(refused.body).toMatchObject({ code: 'invalid_request', errors: [{ path: 'claims' }] });
  const made = await service.ask({ route: 'POST /admin/users', body, token: await operatorToken({ keys, claims }) });
  expect(made.status).toBe(201);
  await sql('UPDATE users SET version = 999999, rights_version = 999999');
  const { refresh } = tokensOf(await service.logIn(body));
  await sql('UPDATE sessions SET amr = ?', JSON.stringify(allMethods));
  const { access } = tokensOf(await service.refresh(refresh));
  expect(access.length).toBeGreaterThan(3500);
  // A key of 4,096 bits signs with 341 characters more.
  expect(access.length + 341).toBeLessThan(4096);
  expect((await service.verify(access)).status).toBe(204);
  expect((await service.status(access)).status).toBe(200);
  expect(env.ISSUER).not.toBe(ISSUER);
});

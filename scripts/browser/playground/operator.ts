import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { z } from 'zod';
import { devVarsOf, readDevVars } from '../../dev/vars.ts';

const keySet = z.object({ keys: z.tuple([z.looseObject({ kid: z.string(), alg: z.string() })], z.unknown()) });
const answer = z.object({ data: z.array(z.object({ user_id: z.string() })) });

/** Changes the user with the address `email`, as an operator of the service at `url` does. Resolves when it is done. */
export async function changeUser(url: string, email: string, fields: Record<string, unknown>): Promise<void> {
  const found = await call(url, `/admin/users?${new URLSearchParams({ address: email }).toString()}`);
  const { data } = answer.parse(await found.json());
  assert.equal(data.length, 1);
  const body = JSON.stringify(fields);
  await call(url, `/admin/users/${data[0]?.user_id}`, { method: 'PATCH', body });
}

async function call(url: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${await operatorToken(url)}`, 'Content-Type': 'application/json' };
  const response = await fetch(url + path, { ...init, headers });
  assert.equal(response.status, 200);
  return response;
}

/** A token for one request, signed with the key of the service that the tests start. */
async function operatorToken(issuer: string): Promise<string> {
  const text = readDevVars(devVarsOf('wrangler.toml'))['SIGNING_KEYS'] ?? '';
  const [key] = keySet.parse(JSON.parse(text)).keys;
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'operator+jwt' })
    .setIssuer(issuer)
    .setAudience(`${issuer}/admin`)
    .setSubject('operator')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(await importJWK(key, key.alg));
}

import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { makeApiKey } from '../../src/crypto/api-key.ts';
import { hashOf, startClients } from './clients.ts';
import { sql } from './database.ts';
import { bearer, type ServiceResponse } from './service.ts';

/** What a row of a client says, where it differs from the usual. */
type ClientFields = { id?: string; secret?: string; scopes?: string[]; jwks?: object; disabledAt?: number };

export const machine = { id: 'billing', secret: 'n3Wq8sR1xT6vY0zB5dF2gH7jK4lM9pQe' };

export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Stores a client as the admin API would. */
export async function addClient(fields: ClientFields = {}): Promise<void> {
  const { id = machine.id, secret = machine.secret, scopes = ['reports:read', 'reports:write'], jwks } = fields;
  const secrets = JSON.stringify([{ id: 'one', hash: hashOf(secret), createdAt: 1 }]);
  await sql(
    `INSERT INTO clients (id, name, scopes, secrets, jwks, created_at, disabled_at) VALUES (?, 'Billing', ?, ?, ?, 1, ?)`,
    id,
    JSON.stringify(scopes),
    secrets,
    jwks === undefined ? null : JSON.stringify(jwks),
    fields.disabledAt ?? null,
  );
}

/** Stores an API key of a user or client, and returns it. */
export async function addKey(
  owner: { userId: string } | { clientId: string },
  { scopes = ['api'], expiresAt = null }: { scopes?: string[]; expiresAt?: number | null } = {},
): Promise<{ key: string; id: string }> {
  const { key, id, mac } = await makeApiKey(env.SECRET_KEY);
  await sql(
    `INSERT INTO api_keys (id, user_id, client_id, name, mac, scopes, created_at, expires_at)
      VALUES (?, ?, ?, 'CI', ?, ?, 1, ?)`,
    id,
    'userId' in owner ? owner.userId : null,
    'clientId' in owner ? owner.clientId : null,
    mac,
    JSON.stringify(scopes),
    expiresAt,
  );
  return { key, id };
}

/** The service with clients, and what programs do with it. */
export function startMachines(options: Parameters<typeof startClients>[0] = {}) {
  const service = startClients(options);
  const token = (form: object, headers: Record<string, string> = {}): Promise<ServiceResponse> =>
    service.send('/oauth/token', form, headers);
  const withSecret = { client_id: machine.id, client_secret: machine.secret };
  return {
    ...service,
    token,
    /** Asks for a token in the name of `machine`. */
    grant: (form: object = {}) => token({ grant_type: 'client_credentials', ...withSecret, ...form }),
    exchange: (key: string, form: object = {}) =>
      token({ grant_type: EXCHANGE, subject_token: key, subject_token_type: ACCESS_TOKEN, ...form }),
    grantRefresh: (refresh: string, form: object = {}) =>
      token({ grant_type: 'refresh_token', refresh_token: refresh, ...form }),
    assert: (assertion: string, form: object = {}) =>
      token({
        grant_type: 'client_credentials',
        client_assertion_type: JWT_BEARER,
        client_assertion: assertion,
        ...form,
      }),
    /** Asks `GET /auth/verify`, at a place that names `scope`. */
    verifyAt: (scope: string, presented: unknown, more = '') =>
      service.call(`/auth/verify?scope=${encodeURIComponent(scope)}${more}`, { headers: bearer(presented) }),
  };
}

/** The access token in the response to a grant. */
export function accessTokenOf({ body }: ServiceResponse): string {
  const { access_token: token } = body;
  if (typeof token !== 'string') throw new TypeError(`a response without a token: ${JSON.stringify(body['error'])}`);
  return token;
}

/** A key of a client, and assertions that it signs. */
export async function makeAssertions(alg = 'ES256', kid = 'one') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const usual = () => {
    const iat = Math.floor(Date.now() / 1000);
    return { iss: machine.id, sub: machine.id, aud: env.ISSUER, iat, exp: iat + 60, jti: crypto.randomUUID() };
  };
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg }] },
    /** `undefined` leaves out a claim or a part of the header. */
    sign: (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> => {
      const payload: JWTPayload = JSON.parse(JSON.stringify({ ...usual(), ...claims }));
      const given: JWTHeaderParameters = JSON.parse(JSON.stringify({ alg, kid, ...header }));
      return new SignJWT(payload).setProtectedHeader(given).sign(privateKey);
    },
  };
}

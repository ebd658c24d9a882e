import { sql } from './database.ts';
import type { DocumentedRequest } from './documented-requests.ts';
import { bearer } from './service.ts';
import {
  ACCESS_TOKEN,
  accessTokenOf,
  addClient,
  addKey,
  EXCHANGE,
  machine,
  makeAssertions,
  startMachines,
} from './machines.ts';

type Service = Parameters<DocumentedRequest['ask']>[0];

const whole = startMachines();
const secret = { client_id: machine.id, client_secret: machine.secret };

/** A client whose use was noted just now, as for every request but the first of an hour. */
async function addUsedClient(fields: Parameters<typeof addClient>[0] = {}): Promise<void> {
  await sql('DELETE FROM clients');
  await addClient(fields);
  await sql('UPDATE clients SET last_used_at = ?', Date.now());
}

/** An API key of the client, whose use was noted just now. */
async function addUsedKey(): Promise<string> {
  await addUsedClient();
  const { key } = await addKey({ clientId: machine.id }, { scopes: ['reports:read'] });
  await sql('UPDATE api_keys SET last_used_at = ?', Date.now());
  return key;
}

async function machineToken(): Promise<string> {
  await addUsedClient();
  return accessTokenOf(await whole.grant());
}

const ofPost = (path: string, what: string, ask: DocumentedRequest['ask']): DocumentedRequest => ({
  name: `\`POST ${path}\` ${what}`,
  path,
  success: 200,
  ask,
});

const ofVerify = (what: string, prepare: () => Promise<string>): DocumentedRequest => ({
  name: `\`GET /auth/verify\` ${what}`,
  path: '/auth/verify',
  success: 204,
  ask: async ({ call }: Service) => {
    const token = await prepare();
    return call('/auth/verify?scope=reports:read', { headers: bearer(token) });
  },
});

/** What programs ask, as far as it uses storage in another way than the first example of its route. */
export const programRequests: DocumentedRequest[] = [
  ofPost('/oauth/token', 'by a client', async ({ send }) => {
    await addUsedClient();
    return send('/oauth/token', { grant_type: 'client_credentials', ...secret }, {});
  }),
  ofPost('/oauth/token', 'by a client with an assertion', async ({ send }) => {
    const { jwks, sign } = await makeAssertions();
    await addUsedClient({ jwks });
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const form = { grant_type: 'client_credentials', client_assertion_type, client_assertion: await sign() };
    return send('/oauth/token', form, {});
  }),
  ofPost('/oauth/token', 'with an API key', async ({ send }) => {
    const subject_token = await addUsedKey();
    return send('/oauth/token', { grant_type: EXCHANGE, subject_token, subject_token_type: ACCESS_TOKEN }, {});
  }),
  ofVerify('of a machine', machineToken),
  ofVerify('of an API key', addUsedKey),
  ofPost('/oauth/introspect', 'of a machine', async ({ introspect }) => introspect({ token: await machineToken() })),
  ofPost('/oauth/introspect', 'of an API key', async ({ introspect }) => introspect({ token: await addUsedKey() })),
  ofPost('/oauth/introspect', 'by a client of the database', async ({ send }, { access }) => {
    await addUsedClient({ scopes: ['latchkey:introspect'] });
    return send('/oauth/introspect', { token: access, ...secret }, {});
  }),
  ofPost('/oauth/revoke', 'of a machine', async ({ revoke }) => revoke({ token: await machineToken() })),
  ofPost('/oauth/revoke', 'of an API key', async ({ revoke }) => revoke({ token: await addUsedKey() })),
];

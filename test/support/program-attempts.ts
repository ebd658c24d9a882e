import { apiKey } from '../../scripts/openapi/prose/examples.ts';
import type { Attempt } from './attempt.ts';
import { basic, client } from './clients.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import type { Parts } from './lawful-requests.ts';
import { ACCESS_TOKEN, addClient, EXCHANGE, machine } from './machines.ts';
import { bearer } from './service.ts';

const isOfBearer = ({ guard }: DeclaredRoute) => guard === 'accessToken' || guard === 'operatorToken';
const isVerify = ({ path }: DeclaredRoute) => path === '/auth/verify';
const isGrant = ({ path }: DeclaredRoute) => path === '/oauth/token';
const isOfClient = ({ guard }: DeclaredRoute) => guard === 'client';

const withHeaders = (headers: Record<string, string>) => (parts: Parts) => ({
  ...parts,
  headers: { ...parts.headers, ...headers },
});
const withForm = (form: Record<string, string>, headers = {}) => ({
  applies: isGrant,
  change: (parts: Parts) => ({ ...parts, fields: form, headers: { ...parts.headers, ...headers } }),
});

/** What programs send, and what they are refused. The API key has the form of one, and there is no such key. */
export const programAttempts: Record<string, Attempt> = {
  'has an API key': { applies: isOfBearer, change: withHeaders(bearer(apiKey)) },
  'has an API key, for a scope': {
    applies: isVerify,
    change: (parts) => ({ ...withHeaders(bearer(apiKey))(parts), query: '?scope=api' }),
  },
  'names a scope that the bearer lacks': {
    applies: isVerify,
    change: (parts) => ({ ...parts, query: '?scope=other' }),
  },
  'comes from a client without scopes of the service': {
    applies: isOfClient,
    before: () => addClient({ id: 'shipping', scopes: [] }),
    change: withHeaders(basic({ id: 'shipping', secret: machine.secret })),
  },
  'has a refresh token that is none': withForm({ grant_type: 'refresh_token', refresh_token: 'x' }),
  'has an unknown grant': withForm({ grant_type: 'password' }),
  'has an API key to exchange that is none': withForm({
    grant_type: EXCHANGE,
    subject_token: apiKey,
    subject_token_type: ACCESS_TOKEN,
  }),
  'is a grant to a client of OAUTH_CLIENTS': withForm({ grant_type: 'client_credentials' }, basic(client)),
  'is a grant of a scope that the client lacks': {
    ...withForm({ grant_type: 'client_credentials', scope: 'other' }, basic({ ...machine, id: 'shipping' })),
    before: () => addClient({ id: 'shipping' }),
  },
  'is a grant for another resource': {
    ...withForm({ grant_type: 'client_credentials', resource: 'x' }, basic({ ...machine, id: 'shipping' })),
    before: () => addClient({ id: 'shipping' }),
  },
};

import type { Admin } from 'latchkey-client/admin';
import { client, jwks, key, user } from './stand-in.ts';

const id = user.user_id;

/** A call of a method: what it sends, what the service responds with, and what comes of it. */
export type Example = {
  call: (admin: Admin) => Promise<unknown>;
  path: string;
  body?: object;
  ifMatch?: string;
  answer: object;
  result: unknown;
};

/** The methods for clients and API keys. */
export const clientExamples: Example[] = [
  {
    call: (admin) => admin.clients(),
    path: 'GET /admin/clients',
    answer: { data: [client, { ...client, jwks, disabled_on: 'then' }], next: 'c2' },
    result: { clients: [client, { ...client, jwks, disabled_on: 'then' }], next: 'c2' },
  },
  {
    call: (admin) => admin.clients({ after: 'c1', limit: 7 }),
    path: 'GET /admin/clients?after=c1&limit=7',
    answer: { data: [], next: null },
    result: { clients: [], next: undefined },
  },
  {
    call: (admin) => admin.client('reports'),
    path: 'GET /admin/clients/reports',
    answer: { data: client },
    result: client,
  },
  {
    call: (admin) => admin.createClient({ name: 'Reports' }),
    path: 'POST /admin/clients',
    body: { name: 'Reports' },
    answer: { client_secret: 's', data: client },
    result: { client, clientSecret: 's' },
  },
  {
    call: (admin) => admin.createClient({ name: 'Reports', clientId: 'reports', scopes: ['reports:read'], jwks }),
    path: 'POST /admin/clients',
    body: { name: 'Reports', client_id: 'reports', scopes: ['reports:read'], jwks },
    answer: { client_secret: null, data: { ...client, jwks } },
    result: { client: { ...client, jwks }, clientSecret: undefined },
  },
  {
    call: (admin) => admin.changeClient('reports', { name: 'R', scopes: [], jwks: null, disabled: true }),
    path: 'PATCH /admin/clients/reports',
    body: { name: 'R', scopes: [], jwks: null, disabled: true },
    answer: { changed: true, data: client },
    result: { client, changed: true },
  },
  {
    call: (admin) => admin.changeClient('reports', {}),
    path: 'PATCH /admin/clients/reports',
    body: {},
    answer: { changed: false, data: client },
    result: { client, changed: false },
  },
  {
    call: (admin) => admin.deleteClient('reports'),
    path: 'DELETE /admin/clients/reports',
    answer: {},
    result: undefined,
  },
  {
    call: (admin) => admin.createSecret('reports'),
    path: 'POST /admin/clients/reports/secrets',
    answer: { client_secret: 's', data: client },
    result: { client, clientSecret: 's' },
  },
  {
    call: (admin) => admin.deleteSecret('reports', 'x1'),
    path: 'DELETE /admin/clients/reports/secrets/x1',
    answer: { data: client },
    result: client,
  },
  {
    call: (admin) => admin.createClientKey('reports', { name: 'Nightly export' }),
    path: 'POST /admin/clients/reports/keys',
    body: { name: 'Nightly export' },
    answer: { key: 'lk_x', data: key },
    result: { ...key, key: 'lk_x' },
  },
  {
    call: (admin) => admin.createClientKey('reports', { name: 'x', scopes: ['reports:read'], expiresInDays: null }),
    path: 'POST /admin/clients/reports/keys',
    body: { name: 'x', scopes: ['reports:read'], expires_in_days: null },
    answer: { key: 'lk_x', data: { ...key, expires_on: null } },
    result: { ...key, expires_on: null, key: 'lk_x' },
  },
  {
    call: (admin) => admin.clientKeys('reports', { after: 'c1', limit: 7 }),
    path: 'GET /admin/clients/reports/keys?after=c1&limit=7',
    answer: { data: [key], next: 'c2' },
    result: { keys: [key], next: 'c2' },
  },
  {
    call: (admin) => admin.revokeClientKey('reports', 'k1'),
    path: 'DELETE /admin/clients/reports/keys/k1',
    answer: {},
    result: undefined,
  },
  {
    call: (admin) => admin.userKeys(id),
    path: `GET /admin/users/${id}/keys`,
    answer: { data: [key], next: null },
    result: { keys: [key], next: undefined },
  },
  {
    call: (admin) => admin.revokeUserKey(id, 'k1'),
    path: `DELETE /admin/users/${id}/keys/k1`,
    answer: {},
    result: undefined,
  },
];

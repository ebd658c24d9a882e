import { succeed } from './stand-in.ts';

/* What the service responds with to npm run machine. */

export const orders = {
  client_id: 'orders',
  name: 'Order service',
  scopes: ['articles:read'],
  jwks: null as { keys: object[] } | null,
  secrets: [{ secret_id: 's1', created_on: '2026-11-01T10:00:00.000Z' }],
  created_on: '2026-11-01T10:00:00.000Z',
  disabled_on: null as string | null,
  last_used_on: null as string | null,
  last_refused_on: null as string | null,
};
export const second = { secret_id: 's2', created_on: '2026-11-20T10:00:00.000Z' };
export const key = {
  key_id: '0123456789abcdef',
  name: 'backup',
  scopes: ['articles:read'],
  created_on: '2026-11-01T10:00:00.000Z',
  expires_on: '2027-01-30T10:00:00.000Z',
  last_used_on: null,
};
export const SECRET = 'a'.repeat(43);
export const KEY = `lk_0123456789abcdef${'A'.repeat(43)}_000000`;
export const one = '/admin/clients/orders';

export const changed = (fields: object) =>
  succeed({ message: 'Client changed.', changed: true, data: { ...orders, ...fields } });
export const unchanged = succeed({ message: 'Nothing to change.', changed: false, data: orders });
export const secretMade = () => ({
  status: 201,
  body: {
    status: 'success',
    message: 'Secret created.',
    client_secret: SECRET,
    data: { ...orders, secrets: [...orders.secrets, second] },
  },
});
export const secretGone = () => succeed({ message: 'Secret deleted.', data: { ...orders, secrets: [second] } });

export const TOKENS_END =
  'Its access tokens are refused: at once where the database is asked, elsewhere within a minute.';

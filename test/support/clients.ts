import { createHash } from 'node:crypto';
import { type ServiceResponse, bindingsOf, startService } from './service.ts';

export const client = { id: 'orders.api', secret: 'fT3bZ0Qm1rX9yK7uV5wA2cE4gI6kM8oP1qS3tU5vW7x' };

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/** Starts the service with two clients, of which `orders.api` has two secrets, and with calls that send forms. */
export function startClients({ env = {}, ...options }: Parameters<typeof startService>[0] = {}) {
  const entries = [`${client.id}:${hashOf('an older secret')}`, `other:${hashOf('b')}`];
  const OAUTH_CLIENTS = [...entries, `${client.id}:${hashOf(client.secret)}`].join(',');
  const service = startService({ ...options, env: () => ({ OAUTH_CLIENTS, ...bindingsOf(env) }) });

  const send = (
    path: string,
    form: object | string | Uint8Array,
    headers: Record<string, string>,
  ): Promise<ServiceResponse> => {
    const isRaw = typeof form === 'string' || form instanceof Uint8Array;
    const body = isRaw ? form : new URLSearchParams(Object.entries(form)).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return service.call(path, { method: 'POST', headers: { ...type, ...headers }, body });
  };

  return {
    ...service,
    send,
    introspect: (form: object) => send('/oauth/introspect', form, basic()),
    revoke: (form: object) => send('/oauth/revoke', form, basic()),
  };
}

export const basic = ({ id, secret } = client) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` });

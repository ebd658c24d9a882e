import { env } from 'cloudflare:workers';
import { checkKey, type KeyHolder } from '../../src/domain/key/check-key.ts';
import { Refusal } from '../../src/errors.ts';
import { wire } from '../../src/wire.ts';
import { startAdministration } from './administration.ts';
import { sql } from './database.ts';
import { bearer, bindingsOf, joe, silent, startClock, tokensOf } from './service.ts';

/** The service with a clock, and what owners and administrators do with API keys. */
export function startKeys(options: Parameters<typeof startAdministration>[0] = {}) {
  const clock = startClock();
  const service = startAdministration({ ...options, deps: { now: clock.now, ...options.deps } });
  const { call, post, ask } = service;

  /** Checks `key` as routes do that take one, and does what follows the response: the holder, or the code and reason. */
  async function check(key: string, bindings: object = {}): Promise<KeyHolder | { code: string; reason?: string }> {
    const late: Promise<void>[] = [];
    const bound = { ...env, ...bindingsOf(options.env), ...bindings };
    const wired = wire(bound, { ...silent, afterResponse: (work) => void late.push(work()) });
    try {
      return await checkKey({ ...wired, now: clock.now }, key);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { code: error.code, ...(error.reason !== undefined && { reason: error.reason }) };
    } finally {
      await Promise.all(late);
    }
  }

  /** The access token of a user who has registered. */
  const registered = async (credentials = joe) => tokensOf(await service.register(credentials)).access;

  return {
    ...service,
    clock,
    check,
    registered,
    /** The access token of joe, who has the role editor. */
    registeredEditor: async (): Promise<string> => {
      await registered();
      await sql(`UPDATE users SET roles = '["editor"]'`);
      return tokensOf(await service.logIn()).access;
    },
    /** The time in so many days, as the service writes it. */
    inDays: (days: number): string => new Date(clock.now().getTime() + days * 86_400_000).toISOString(),
    createKey: (access: string, fields: object = { name: 'a key' }) => post('/auth/keys', fields, bearer(access)),
    listKeys: (access: string, query = '') => call(`/auth/keys${query}`, { headers: bearer(access) }),
    revokeKey: (access: string, id: string) => call(`/auth/keys/${id}`, { method: 'DELETE', headers: bearer(access) }),
    createKeyOfClient: (id: string, fields: object = { name: 'a key' }) =>
      ask({ route: `POST /admin/clients/${id}/keys`, body: fields }),
  };
}

/** A new key in a response, with its id. */
export function keyIn({ body }: { body: Record<string, unknown> }): { key: string; id: string } {
  const { key } = body;
  if (typeof key !== 'string') throw new TypeError(`no key: ${JSON.stringify(body['code'])}`);
  return { key, id: key.slice(3, 19) };
}

/** Adds `count` keys of `column`'s owner, made one after the other, and revoked if `revokedAt` says so. */
export async function addKeys(
  count: number,
  owner: { column: 'user_id' | 'client_id'; id: string },
  {
    revokedAt = null,
    expiresAt = null,
    prefix = 'k',
  }: { revokedAt?: number | null; expiresAt?: number | null; prefix?: string } = {},
): Promise<void> {
  await sql(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT OR IGNORE INTO api_keys (id, ${owner.column}, name, mac, scopes, created_at, expires_at, revoked_at)
     SELECT ?2 || printf('%015d', i), ?3, 'key ' || i, '', '["api"]', i, ?4, ?5 FROM n`,
    count,
    prefix,
    owner.id,
    expiresAt,
    revokedAt,
  );
}

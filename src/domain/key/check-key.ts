import type { Config } from '../../config/config.ts';
import { NO_MAC, parseApiKey, verifyApiKeyMac } from '../../crypto/api-key.ts';
import { Refusal } from '../../errors.ts';
import type { ApiKeys } from '../../store/api-keys.ts';
import type { Client } from '../../store/tables/clients.ts';
import type { User } from '../../store/tables/users.ts';
import type { Deps } from '../deps.ts';
import { noteWhenDue } from '../late-note.ts';
import { newKeyEvent } from './key-event.ts';
import { ownerOfKey } from './key-owner.ts';
import { keyScopesOfClient, scopesOfUser } from './user-scopes.ts';

/** Whom an API key stands for, and the scopes of the key that its owner still has, sorted. */
export type KeyHolder = { keyId: string; scopes: string[]; createdAt: Date; expiresAt: Date | null } & Owner;

type Owner =
  { kind: 'user'; user: Omit<User, 'passwordHash'> } | { kind: 'machine'; client: Pick<Client, 'id' | 'version'> };

/** What the check of an API key needs. */
export type KeyCheckDeps = Pick<Deps, 'config' | 'now' | 'trace' | 'note' | 'apiKeys' | 'afterResponse'>;

type Row = NonNullable<Awaited<ReturnType<ApiKeys['findWithOwner']>>>;

/**
 * Whom the API key `key` stands for now. One round trip, so a revocation takes effect at once. Refuses with
 * `invalid_token` what is no API key or has a wrong checksum, without a round trip. Refuses with `invalid_api_key` a key
 * that is unknown, revoked or expired, and one whose owner is disabled. After the response, notes the use once an hour,
 * and a wrong secret once a minute, with an event. Rejects with `StorageFailure`.
 */
export async function checkKey(deps: KeyCheckDeps, key: string): Promise<KeyHolder> {
  const parsed = parseApiKey(key);
  if (parsed === undefined) throw new Refusal('invalid_token', { reason: 'no API key, or a wrong checksum' });
  const { row, isRight } = await compare(deps, key, parsed.id);
  const at = deps.now();
  if (row === undefined) throw refuse('no such API key');
  if (!isRight) {
    noteRefusal(deps, row.key, at);
    throw refuse('wrong secret');
  }
  const owner = ownerOf(row, at);
  const { id: keyId, createdAt, expiresAt, lastUsedAt } = row.key;
  noteWhenDue(deps, 'use', { id: keyId, at, last: lastUsedAt }, (use) => deps.apiKeys.noteUse(use));
  return { keyId, scopes: scopesOf(row, deps.config), createdAt, expiresAt, ...owner };
}

/**
 * The row of the API key `key`, in force or not; `undefined` when it is none. One round trip, and none for a wrong
 * checksum. Rejects with `StorageFailure`.
 */
export async function findKeyRow(deps: Pick<Deps, 'config' | 'apiKeys'>, key: string): Promise<Row | undefined> {
  const parsed = parseApiKey(key);
  if (parsed === undefined) return undefined;
  const { row, isRight } = await compare(deps, key, parsed.id);
  return isRight ? row : undefined;
}

/** An unknown id costs as much as a known one. */
async function compare({ config, apiKeys }: Pick<Deps, 'config' | 'apiKeys'>, key: string, id: string) {
  const row = await apiKeys.findWithOwner(id);
  return { row, isRight: await verifyApiKeyMac(key, row?.key.mac ?? NO_MAC, config.secretKey) };
}

const refuse = (reason: string) => new Refusal('invalid_api_key', { reason });

/** The owner of a key that is in force at `at`. */
function ownerOf({ key, user, client }: Row, at: Date): Owner {
  if (key.revokedAt !== null) throw refuse('revoked');
  if (key.expiresAt !== null && key.expiresAt <= at) throw refuse('expired');
  if (user !== null && user.disabledAt === null) return { kind: 'user', user };
  if (client !== null && client.disabledAt === null)
    return { kind: 'machine', client: { id: client.id, version: client.version } };
  throw refuse('owner disabled');
}

/** The scopes of the key that its owner still has. */
function scopesOf({ key, user, client }: Row, config: Config): string[] {
  const owned = user === null ? keyScopesOfClient(client?.scopes ?? []) : scopesOfUser(user.roles, config);
  return owned.filter((scope) => key.scopes.includes(scope));
}

function noteRefusal(deps: KeyCheckDeps, key: Row['key'], at: Date): void {
  const { id, lastRefusedAt } = key;
  const owner = ownerOfKey(key);
  const by = owner.kind === 'user' ? {} : { actor: `client:${owner.id}` as const };
  const event = newKeyEvent(deps, 'key_refused', { owner, keyId: id, ...by });
  noteWhenDue(deps, 'refusal', { id, at, last: lastRefusedAt }, (note) => deps.apiKeys.noteRefusal(note, event));
}

import type { Config } from '../config/config.ts';
import type { Deps } from './deps.ts';

/** What an entry in the denylist needs. */
export type DenylistDeps = Pick<Deps, 'config' | 'denylist'>;

/**
 * How many seconds a denylist entry outlives the last token that it concerns. The margin covers clocks that differ, and
 * a token that is signed after the entry was written because the database was slow. KV accepts no life below 60 s.
 */
export const DENYLIST_MARGIN_SECONDS = 60;

/**
 * How long every denylist entry lives, in seconds: as long as an access token that was signed just now, and the margin.
 */
export const denylistTtl = ({ accessTokenTtlSeconds }: Config): number =>
  accessTokenTtlSeconds + DENYLIST_MARGIN_SECONDS;

/**
 * Denylists the access tokens of the user `id` whose version is below `version`, which a batch of the database has
 * counted up. Rejects with `StorageFailure`.
 */
export async function denylistUser(
  { config, denylist }: DenylistDeps,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await denylist.addSubject(id, version, denylistTtl(config));
}

/**
 * Makes the access tokens of the user `id` stale whose rights are below `rightsVersion`, which a batch of the database
 * has counted up. Rejects with `StorageFailure`.
 */
export async function denylistRights(
  { config, denylist }: DenylistDeps,
  { id, rightsVersion }: { id: string; rightsVersion: number },
): Promise<void> {
  await denylist.addRights(id, rightsVersion, denylistTtl(config));
}

/**
 * Denylists the access tokens of the client `id` whose version is below `version`, which a statement of the database has
 * counted up. Rejects with `StorageFailure`.
 */
export async function denylistClient(
  { config, denylist }: DenylistDeps,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await denylist.addSubject(id, version, denylistTtl(config));
}

/**
 * Denylists the access tokens that the API key `id` was exchanged for, after a statement of the database has revoked the
 * key. Rejects with `StorageFailure`.
 */
export async function denylistKey({ config, denylist }: DenylistDeps, id: string): Promise<void> {
  await denylist.addKey(id, denylistTtl(config));
}

/** Denylists the access token `id`, which has no session. Rejects with `StorageFailure`. */
export async function denylistToken({ config, denylist }: DenylistDeps, id: string): Promise<void> {
  await denylist.addToken(id, denylistTtl(config));
}

/** Denylists the session `id`, which a statement of the database has revoked. Rejects with `StorageFailure`. */
export async function denylistSession({ config, denylist }: DenylistDeps, id: string): Promise<void> {
  await denylist.addSession(id, denylistTtl(config));
}

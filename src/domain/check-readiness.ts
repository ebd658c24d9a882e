import { Refusal, StorageFailure } from '../errors.ts';
import type { Deps } from './deps.ts';
import { getSigningKeys } from './key/signing-keys.ts';

/** Resolves when the signing keys are valid, and database and denylist respond. Refuses with `not_ready`. */
export async function checkReadiness({
  config,
  sessions,
  logins,
  denylist,
}: Pick<Deps, 'config' | 'sessions' | 'logins' | 'denylist'>): Promise<void> {
  const checks = await Promise.allSettled([
    getSigningKeys(config),
    sessions.probe(),
    logins.probe(),
    denylist.isDenylisted({ id: '', userId: '', userVersion: 0 }),
  ]);
  const reasons = checks.flatMap((check) => (check.status === 'rejected' ? [reasonOf(check.reason)] : []));
  if (reasons.length > 0) throw new Refusal('not_ready', { reason: reasons.join('; ') });
}

function reasonOf(error: unknown): string {
  if (error instanceof StorageFailure) return error.message;
  return error instanceof Refusal ? (error.reason ?? error.code) : 'unknown';
}

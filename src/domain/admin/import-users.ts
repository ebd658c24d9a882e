import type { FieldError } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import type { PricedHash } from './check-hash.ts';
import { type ImportLine, judgeHeld, planImport } from './plan-import.ts';

/** What has become of a line. `unchanged`: this user was there before. A dry run gives no ids to who is new. */
export type LineResult = { line: number } & (
  { outcome: 'imported' | 'unchanged'; userId: string | undefined } | { outcome: 'refused'; errors: FieldError[] }
);

/** How many users have hashes of one price. */
export type SchemeUse = Omit<PricedHash, 'stored'> & { users: number };

/**
 * Takes over users with the hashes that they have: those of all lines that nothing is wrong with, in one transaction. A
 * second import of a line changes nothing. A dry run stores nothing. One round trip. Returns what has become of each
 * line, in order, and the hashes of those who are users now by their price.
 */
export async function importUsers(
  deps: Pick<Deps, 'config' | 'now' | 'trace' | 'transfers'>,
  admin: Admin,
  lines: readonly ImportLine[],
  { isDryRun }: { isDryRun: boolean },
): Promise<{ results: LineResult[]; schemes: SchemeUse[] }> {
  const event = newEvent(deps, 'user_imported', { actor: actorOf(admin) });
  const { candidates, refused } = await planImport(lines, deps.config, event.at);
  const users = candidates.map(({ toStore }) => toStore);
  const { holders, imported } = await (isDryRun
    ? deps.transfers.preview(users, event.at)
    : deps.transfers.add(users, event));
  const holdersOf = Map.groupBy(holders, ({ index }) => index);

  const results: LineResult[] = refused.map((refusal) => ({ outcome: 'refused', ...refusal }));
  const taken: PricedHash[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const { line, toStore, hash } = candidate;
    const held = imported.has(toStore.id) ? undefined : judgeHeld(candidate, holdersOf.get(index) ?? []);
    if (held !== undefined && 'errors' in held) {
      results.push({ line, outcome: 'refused', ...held });
      continue;
    }
    taken.push(hash);
    const userId = held?.userId ?? (isDryRun ? undefined : toStore.id);
    results.push({ line, outcome: held === undefined ? 'imported' : 'unchanged', userId });
  }
  return { results: results.toSorted((one, other) => one.line - other.line), schemes: countByPrice(taken) };
}

function countByPrice(hashes: readonly PricedHash[]): SchemeUse[] {
  const uses = new Map<string, SchemeUse>();
  for (const { stored: _, ...price } of hashes) {
    const key = `${price.scheme} ${price.parameters}`;
    uses.set(key, { ...price, users: (uses.get(key)?.users ?? 0) + 1 });
  }
  return [...uses.values()].toSorted((one, other) => other.users - one.users);
}

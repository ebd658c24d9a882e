import type { Deps } from '../deps.ts';

/** How many users have a hash of another system. */
export type HashCounts = { legacyHashes: { scheme: string; users: number }[]; until: string | undefined };

/** How many users have a hash of another system, by its scheme, and the last day on which it is accepted. One round trip. */
export async function countHashes({ config, transfers }: Pick<Deps, 'config' | 'transfers'>): Promise<HashCounts> {
  return { legacyHashes: await transfers.countLegacyHashes(), until: config.legacyHashesUntil?.day };
}

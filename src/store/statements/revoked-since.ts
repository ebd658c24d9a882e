import { sql } from 'drizzle-orm';
import { sessions } from '../tables/sessions.ts';

/** What a revocation at `at` sets. The first revocation of a session counts, and ends it. */
export function revokedSince(at: Date) {
  const time = at.getTime();
  return {
    revokedAt: sql`coalesce(${sessions.revokedAt}, ${time})`,
    expiresAt: sql`min(${sessions.expiresAt}, ${time})`,
  };
}

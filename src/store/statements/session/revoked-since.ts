import { type Placeholder, sql } from 'drizzle-orm';
import { sessions } from '../../tables/sessions.ts';

/** What a revocation at `at` sets. The first revocation of a session counts, and ends it. */
export function revokedSince(at: Placeholder<string, Date>) {
  return {
    revokedAt: sql`coalesce(${sessions.revokedAt}, ${at})`,
    expiresAt: sql`min(${sessions.expiresAt}, ${at})`,
  };
}

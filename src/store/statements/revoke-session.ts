import { eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { revokedSince } from './revoked-since.ts';

/** Revokes the session `id` at `at`. */
export function revokeSession(id: string, at: Date) {
  return build.update(sessions).set(revokedSince(at)).where(eq(sessions.id, id));
}

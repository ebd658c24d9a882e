import { eq } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { revokedSince } from './revoked-since.ts';

/** Revokes the session `id` at `at`. */
export const revokeSession = statement(({ id, at }: Given<{ id: string; at: Date }>) =>
  build.update(sessions).set(revokedSince(at)).where(eq(sessions.id, id)),
);

import { inArray } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';

/** Deletes the attempts under two keys, which may be the same. */
export const forgetAttempts = statement(({ key, otherKey }: Given<{ key: string; otherKey: string }>) =>
  build.delete(loginAttempts).where(inArray(loginAttempts.key, [key, otherKey])),
);

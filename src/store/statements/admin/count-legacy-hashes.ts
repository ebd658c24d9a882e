import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';

/** The scheme of a hash that another system has made, as `schemeOf` of `crypto/password-scheme.ts` names it. */
const scheme = sql<string>`CASE
  WHEN length(users.password_hash) > 512 THEN 'unknown'
  WHEN users.password_hash GLOB '$2[aby]$*' THEN 'bcrypt'
  WHEN users.password_hash GLOB 'scrypt:*' THEN 'werkzeug-scrypt'
  WHEN users.password_hash GLOB 'pbkdf2:sha256:*' THEN 'werkzeug-pbkdf2'
  WHEN users.password_hash GLOB 'pbkdf2_sha256$*' THEN 'django-pbkdf2'
  WHEN users.password_hash GLOB '$firebase-scrypt$*' THEN 'firebase-scrypt'
  WHEN length(users.password_hash) = 161 AND substr(users.password_hash, 33, 1) = ':'
    AND replace(users.password_hash, ':', '') NOT GLOB '*[^0-9a-f]*' THEN 'better-auth-scrypt'
  ELSE 'unknown' END`;

/** Counts the users by the scheme of their hash, the largest first, without those with a hash of this service. */
export const countLegacyHashes = statement(() =>
  build
    .select({ scheme: scheme.as('scheme'), users: sql<number>`count(*)`.as('users_of_scheme') })
    .from(users)
    // The condition of the index `users_legacy`.
    .where(sql`password_hash NOT GLOB '$pbkdf2-sha256-split$*'`)
    .groupBy(sql`scheme`)
    .orderBy(sql`users_of_scheme DESC, scheme`),
);

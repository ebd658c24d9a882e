import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';

/** The rows of the account, and of its pairs with networks, whose keys begin with the key of the account and a dot. */
const isOfAccount = (accountKey: SQLWrapper): SQL =>
  sql`(${loginAttempts.key} = ${accountKey}
    OR (${loginAttempts.key} >= ${accountKey} || '.' AND ${loginAttempts.key} < ${accountKey} || '/'))`;

/** Deletes the attempts at the account that `accountKey` stands for, from all networks. Returns their keys. */
export const forgetAttemptsOfAccount = statement(({ accountKey }: Given<{ accountKey: string }>) =>
  build.delete(loginAttempts).where(isOfAccount(accountKey)).returning({ key: loginAttempts.key }),
);

/** Selects the attempts at the account that have to wait at `at`. */
export const listWaits = statement(({ accountKey, at }: Given<{ accountKey: string; at: Date }>) =>
  build
    .select({ key: loginAttempts.key, retryAt: loginAttempts.retryAt })
    .from(loginAttempts)
    .where(sql`${isOfAccount(accountKey)} AND ${loginAttempts.retryAt} > ${at}`)
    .orderBy(sql`${loginAttempts.retryAt} DESC`)
    .limit(100),
);

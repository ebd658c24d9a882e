import { createClient } from '@libsql/client/http';
import { env } from 'cloudflare:workers';

type Value = string | number | null;

/** Whether the suite runs on libSQL instead of D1. */
export const isLibsql = env.TURSO_DATABASE_URL !== '';

/** Runs one statement with bound `values` in the database of the service under test, and returns its rows. */
export async function sql(statement: string, ...values: Value[]): Promise<Record<string, unknown>[]> {
  if (!isLibsql) {
    const { results } = await env.DB.prepare(statement)
      .bind(...values)
      .all();
    return results;
  }
  const { columns, rows } = await connect().execute({ sql: statement, args: values });
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

/** Runs one statement and returns the first value of its first row. */
export async function sqlValue(statement: string): Promise<unknown> {
  const [row = {}] = await sql(statement);
  return Object.values(row)[0];
}

/** The tables that are not emptied with `users`. */
const TABLES = [
  'users',
  'clients',
  'login_attempts',
  'known_networks',
  'challenges',
  'mail_requests',
  'outbox',
  'events',
  'operator_tokens',
  'clients',
];

/** Deletes what an earlier test left, in one round trip. The sessions go with their users, and API keys
 * with their owners. */
export async function emptyTables(): Promise<void> {
  const statements = TABLES.map((table) => `DELETE FROM ${table};`);
  if (isLibsql) await connect().executeMultiple(statements.join('\n'));
  else await env.DB.exec(statements.join('\n'));
}

const connect = () => createClient({ url: env.TURSO_DATABASE_URL, authToken: env.TURSO_AUTH_TOKEN });

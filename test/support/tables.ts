import { sql } from './database.ts';

/** The rows of each table, by their ids. */
export type Tables = Map<string, Map<string, string>>;

/** What tells the rows of a table apart. */
const KEYS = {
  users: 'id',
  api_keys: 'id',
  sessions: 'id',
  totps: 'user_id',
  passkeys: 'id',
  recovery_codes: 'mac',
  user_roles: "user_id || ' ' || role",
  challenges: 'id',
  outbox: 'id',
  known_networks: 'key',
  login_attempts: 'key',
  mail_requests: 'id',
  events: 'id',
  operator_tokens: 'id',
  clients: 'id',
};

/** All rows of all tables. */
export async function readTables(): Promise<Tables> {
  const tables = Object.entries(KEYS).map(async ([table, key]) => {
    const rows = await sql(`SELECT ${key} AS row_key, * FROM ${table} ORDER BY row_key`);
    return [table, new Map(rows.map(({ row_key, ...row }) => [String(row_key), JSON.stringify(row)]))] as const;
  });
  return new Map(await Promise.all(tables));
}

/** Where rows were changed from `before` to `after`, as triggers name it. */
export function placesBetween(before: Tables, after: Tables): string[] {
  return Array.from(after, ([table, rows]) => {
    const former = before.get(table) ?? new Map<string, string>();
    const kept = [...rows].filter(([id]) => former.has(id));
    return [
      ...(rows.size > kept.length ? [`INSERT ON ${table}`] : []),
      ...(kept.some(([id, row]) => former.get(id) !== row) ? [`UPDATE ON ${table}`] : []),
      ...(former.size > kept.length ? [`DELETE ON ${table}`] : []),
    ];
  }).flat();
}

import type Database from 'libsql';
import { z } from 'zod';
import type { Condition, Statement, Step, StreamRequest, Value } from './hrana-requests.ts';

/** What a stream keeps between its requests: SQL texts by number. */
export type SqlTexts = Map<number, string>;

type Failure = { message: string; code: string };

/** The outcome of a step in a batch: its result, its failure, or neither when its condition did not hold. */
type Outcome = { result?: ReturnType<typeof execute>; failure?: Failure };

/** Executes `request` and returns the protocol's response. */
export function respond(database: Database.Database, texts: SqlTexts, request: StreamRequest) {
  try {
    return { type: 'ok', response: { type: request.type, ...run(database, texts, request) } };
  } catch (error) {
    return { type: 'error', error: failureOf(error) };
  }
}

function run(database: Database.Database, texts: SqlTexts, request: StreamRequest): object {
  switch (request.type) {
    case 'execute':
      return { result: execute(database, texts, request.stmt) };
    case 'batch':
      return { result: executeBatch(database, texts, request.batch.steps) };
    case 'sequence':
      database.exec(sqlOf(request, texts));
      break;
    case 'store_sql':
      texts.set(request.sql_id, request.sql);
      break;
    case 'close_sql':
      texts.delete(request.sql_id);
      break;
    case 'get_autocommit':
      return { is_autocommit: !database.inTransaction };
    case 'close':
      break;
  }
  return {};
}

function execute(database: Database.Database, texts: SqlTexts, stmt: Statement) {
  const sql = sqlOf(stmt, texts);
  const prepared = database.prepare(sql);
  const named = stmt.named_args.map(({ name, value }) => [name.replace(/^[:@$]/, ''), toSqlite(value)] as const);
  const bound = named.length > 0 ? Object.fromEntries(named) : stmt.args.map(toSqlite);
  if (!prepared.reader) {
    const { changes, lastInsertRowid } = prepared.run(bound);
    return { cols: [], rows: [], affected_row_count: changes, last_insert_rowid: String(lastInsertRowid) };
  }
  const cols = prepared.columns().map(({ name, type }) => ({ name, decltype: type }));
  const before = countChanges(database);
  const rows = z.array(z.array(z.unknown())).parse(prepared.raw(true).safeIntegers(true).all(bound));
  // An EXPLAIN counts as a write in progress until it is reset, which this does.
  if (/^\s*EXPLAIN\b/i.test(sql)) prepared.get(bound);
  return {
    cols,
    rows: stmt.want_rows === false ? [] : rows.map((row) => row.map(fromSqlite)),
    affected_row_count: countChanges(database) - before,
    last_insert_rowid: null,
  };
}

function executeBatch(database: Database.Database, texts: SqlTexts, steps: Step[]) {
  const outcomes: Outcome[] = [];
  for (const { condition, stmt } of steps) {
    const isDue = !condition || holds(condition, outcomes, database);
    outcomes.push(isDue ? attempt(() => execute(database, texts, stmt)) : {});
  }
  return {
    step_results: outcomes.map(({ result }) => result ?? null),
    step_errors: outcomes.map(({ failure }) => failure ?? null),
  };
}

function attempt(work: () => ReturnType<typeof execute>): Outcome {
  try {
    return { result: work() };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function holds(condition: Condition, outcomes: Outcome[], database: Database.Database): boolean {
  switch (condition.type) {
    case 'ok':
      return outcomes[condition.step]?.result !== undefined;
    case 'error':
      return outcomes[condition.step]?.failure !== undefined;
    case 'not':
      return !holds(condition.cond, outcomes, database);
    case 'and':
      return condition.conds.every((each) => holds(each, outcomes, database));
    case 'or':
      return condition.conds.some((each) => holds(each, outcomes, database));
    case 'is_autocommit':
      break;
  }
  return !database.inTransaction;
}

function sqlOf(
  { sql, sql_id }: { sql?: string | null | undefined; sql_id?: number | null | undefined },
  texts: SqlTexts,
) {
  const found = sql ?? texts.get(sql_id ?? -1);
  if (found === undefined) throw new Error('there is no such SQL text');
  return found;
}

function toSqlite(value: Value) {
  if (value.type === 'null') return null;
  if (value.type === 'integer') return BigInt(value.value);
  return value.type === 'blob' ? Buffer.from(value.base64, 'base64') : value.value;
}

function fromSqlite(value: unknown) {
  if (value === null) return { type: 'null' };
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) };
  if (typeof value === 'number') return { type: 'float', value };
  if (typeof value === 'string') return { type: 'text', value };
  if (value instanceof Uint8Array) return { type: 'blob', base64: Buffer.from(value).toString('base64') };
  throw new TypeError('not a value of SQLite');
}

const countChanges = (database: Database.Database) =>
  z.tuple([z.int()]).parse(database.prepare('SELECT total_changes()').raw(true).get([]))[0];

/** SQLite's message and code, in sqld's format. */
function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return { message: `SQLite error: ${error instanceof Error ? error.message : 'unknown'}`, code };
}

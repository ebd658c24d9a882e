import { messageOf, StorageFailure } from '../errors.ts';
import { within } from './deadline.ts';

/** A statement made by `build`. Prepared, it is SQL and the way from rows to `Result`. It belongs to no request. */
export type Statement<Result = unknown> = { readonly _: { readonly result: Result }; prepare(): Prepared };

type Prepared = {
  getQuery(): { sql: string; params: unknown[] };
  mapResult(response: { rows: unknown[][] }, isFromBatch: true): unknown;
};

type Results<S extends readonly Statement[]> = { -readonly [K in keyof S]: S[K]['_']['result'] };

/** Runs statements. Either method is one round trip, has a deadline, and rejects with `StorageFailure`. */
export type Database = {
  run<Result>(statement: Statement<Result>): Promise<Result>;
  /** Applies all of `statements` in order, or none. D1 has no other transaction. */
  batch<const S extends readonly Statement[]>(statements: S): Promise<Results<S>>;
};

/** SQL and what it binds, of the types that both drivers store alike. */
export type Query = { sql: string; args: (string | number | null)[] };

/** How a driver runs one query, or all of several or none. A row is the list of its values. */
export type Driver = {
  run(query: Query): Promise<unknown[][]>;
  batch(queries: Query[]): Promise<unknown[][][]>;
};

/** The database behind `driver`, which has `deadlineMs` milliseconds to respond. */
export function createDatabase(driver: Driver, { deadlineMs }: { deadlineMs: number }): Database {
  async function run<Result>(statement: Statement<Result>): Promise<Result>;
  async function run(statement: Statement): Promise<unknown> {
    const prepared = statement.prepare();
    const query = toQuery(prepared);
    const rows = await send([query], () => driver.run(query));
    return prepared.mapResult({ rows }, true);
  }

  async function batch<const S extends readonly Statement[]>(statements: S): Promise<Results<S>>;
  async function batch(statements: Statement[]): Promise<unknown[]> {
    const prepared = statements.map((statement) => statement.prepare());
    const queries = prepared.map(toQuery);
    const tables = await send(queries, () => driver.batch(queries));
    return prepared.map((each, i) => each.mapResult({ rows: tables[i] ?? [] }, true));
  }

  async function send<T>(queries: Query[], work: () => Promise<T>): Promise<T> {
    try {
      return await within(deadlineMs, work());
    } catch (cause) {
      throw new StorageFailure('database', cause, complaintOf(cause, queries));
    }
  }

  return { run, batch };
}

function toQuery(prepared: Prepared): Query {
  const { sql, params } = prepared.getQuery();
  const args = params.map((value) => {
    if (typeof value === 'string' || value === null) return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new TypeError(`a value of type ${typeof value} cannot be bound`);
  });
  return { sql, args };
}

/** An e-mail address has six characters at least. Shorter texts, such as countries, are in many messages by chance. */
const MIN_REPEATED_LENGTH = 6;

/** What went wrong, for the log. A JSON syntax error quotes the response, and a response may quote the request. */
function complaintOf(error: unknown, queries: Query[]): string {
  if (error instanceof SyntaxError) return 'the response is not JSON';
  const complaint = messageOf(error);
  const repeats = (value: Query['args'][number]) =>
    typeof value === 'string' && value.length >= MIN_REPEATED_LENGTH && complaint.includes(value);
  return queries.some(({ args }) => args.some(repeats)) ? 'the message repeats a bound value' : complaint;
}

import { messageOf, StorageFailure } from '../errors.ts';
import { within } from './deadline.ts';
import type { Query, Statement } from './statement.ts';

type Results<S extends readonly Statement[]> = {
  -readonly [K in keyof S]: S[K] extends Statement<infer Result> ? Result : never;
};

/** Runs statements. Either method is one round trip, has a deadline, and rejects with `StorageFailure`. */
export type Database = {
  run<Result>(statement: Statement<Result>): Promise<Result>;
  /** Applies all of `statements` in order, or none. D1 has no other transaction. */
  batch<const S extends readonly Statement[]>(statements: S): Promise<Results<S>>;
};

/** How a driver runs one query, or all of several or none. A row is the list of its values. */
export type Driver = {
  run(query: Query): Promise<unknown[][]>;
  batch(queries: readonly Query[]): Promise<unknown[][][]>;
};

/** The database behind `driver`, which has `deadlineMs` milliseconds to respond. */
export function createDatabase(driver: Driver, { deadlineMs }: { deadlineMs: number }): Database {
  async function run<Result>(statement: Statement<Result>): Promise<Result> {
    return statement.resultOf(await send([statement], () => driver.run(statement)));
  }

  async function batch<const S extends readonly Statement[]>(statements: S): Promise<Results<S>>;
  async function batch(statements: Statement[]): Promise<unknown[]> {
    const tables = await send(statements, () => driver.batch(statements));
    return statements.map(({ resultOf }, i) => resultOf(tables[i] ?? []));
  }

  async function send<T>(queries: readonly Query[], work: () => Promise<T>): Promise<T> {
    try {
      return await within(deadlineMs, work());
    } catch (cause) {
      throw new StorageFailure('database', cause, complaintOf(cause, queries));
    }
  }

  return { run, batch };
}

/** An e-mail address has six characters at least. Shorter texts, such as countries, are in many messages by chance. */
const MIN_REPEATED_LENGTH = 6;

/** What went wrong, for the log. A JSON syntax error quotes the response, and a response may quote the request. */
function complaintOf(error: unknown, queries: readonly Query[]): string {
  if (error instanceof SyntaxError) return 'the response is not JSON';
  const complaint = messageOf(error);
  const repeats = (value: Query['args'][number]) =>
    typeof value === 'string' && value.length >= MIN_REPEATED_LENGTH && complaint.includes(value);
  return queries.some(({ args }) => args.some(repeats)) ? 'the message repeats a bound value' : complaint;
}

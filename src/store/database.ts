import { createClient } from '@libsql/client/http';
import { DrizzleQueryError } from 'drizzle-orm';
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch';
import { drizzle as drizzleD1 } from 'drizzle-orm/d1';
import { drizzle as drizzleLibsql } from 'drizzle-orm/libsql/http';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { messageOf, StorageFailure } from '../errors.ts';
import { within } from './deadline.ts';
import * as schema from './schema.ts';

type Statements = Readonly<[BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>;
type Methods = 'select' | 'insert' | 'update' | 'delete';

/**
 * What every driver offers: statements one by one, and `batch`, which applies all of its statements or none. Either is one
 * round trip. Interactive transactions are left out on purpose, since D1 has none.
 */
export type Database = Pick<BaseSQLiteDatabase<'async', unknown, typeof schema>, Methods> & {
  batch<T extends Statements>(statements: T): Promise<BatchResponse<T>>;
  /** How long an answer is waited for, in milliseconds. */
  deadlineMs: number;
};

/** How a table of `schema` is spelled, by every driver. */
const spelling = { schema, casing: 'snake_case' } as const;

/** The database behind a D1 binding. Made anew for every request. */
export function openD1(binding: D1Database, { deadlineMs }: Pick<Database, 'deadlineMs'>): Database {
  return Object.assign(drizzleD1(binding, spelling), { deadlineMs });
}

/**
 * The database of the libSQL server at `url` (Turso, sqld), over HTTP. Made anew for every request: a client shared by
 * requests would make each wait for the others' connections.
 */
export function openLibsql(
  { url, authToken }: { url: string; authToken: string | undefined },
  { deadlineMs }: Pick<Database, 'deadlineMs'>,
): Database {
  const client = createClient({
    url,
    ...(authToken !== undefined && { authToken }),
    fetch: (request: Request) => ask(request, deadlineMs),
  });
  // A batch that reads before it writes must not find, when it comes to write, that another has written meanwhile.
  const batch = client.batch.bind(client);
  client.batch = (statements) => batch(statements, 'write');
  return Object.assign(drizzleLibsql({ client, ...spelling }), { deadlineMs });
}

/**
 * What is bound is for this server, and not for where it may point to. An answer that is a failure may come from anybody on the
 * way, and may repeat what it was asked: its status is enough.
 */
async function ask(request: Request, deadlineMs: number): Promise<Response> {
  const answer = await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(deadlineMs) });
  if (answer.ok) return answer;
  await answer.body?.cancel();
  return new Response(undefined, { status: answer.status });
}

/**
 * What `work` comes to, which is one round trip to `database`. Turns what a driver throws, and an answer that does not come in
 * time, into a `StorageFailure`. Its words are the driver's: Drizzle's own error around them repeats the bound values.
 */
export async function query<T>({ deadlineMs }: Pick<Database, 'deadlineMs'>, work: PromiseLike<T>): Promise<T> {
  try {
    return await within(deadlineMs, work);
  } catch (cause) {
    throw new StorageFailure('database', cause, complaintOf(cause));
  }
}

function complaintOf(error: unknown): string {
  if (error instanceof DrizzleQueryError) return complaintOf(error.cause);
  // The words of this one repeat a part of the answer.
  if (error instanceof SyntaxError) return 'an answer that is not JSON';
  return messageOf(error);
}

import { DrizzleQueryError } from 'drizzle-orm';
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { StorageFailure } from '../errors.ts';
import * as schema from './schema.ts';

type Statements = Readonly<[BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>;

/**
 * What every driver offers: statements one by one, and `batch`, which applies all of its statements or none. Interactive
 * transactions are left out on purpose, since D1 has none.
 */
export type Database = Pick<DrizzleD1Database<typeof schema>, 'select' | 'insert' | 'update' | 'delete'> & {
  batch<T extends Statements>(statements: T): Promise<BatchResponse<T>>;
};

/** The database behind a D1 binding. Made anew for every request. */
export function openD1(binding: D1Database): Database {
  return drizzle(binding, { schema, casing: 'snake_case' });
}

/**
 * Runs `work` against the database, and turns what a driver throws into a `StorageFailure`. Its words are the driver's:
 * Drizzle's own error around them repeats the bound values.
 */
export async function query<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new StorageFailure('database', complaintOf(error), { cause: error });
  }
}

function complaintOf(error: unknown): string {
  if (error instanceof DrizzleQueryError) return complaintOf(error.cause);
  return error instanceof Error ? error.message : 'an unknown failure';
}

import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { build } from '../../src/store/build.ts';
import { createDatabase, type Query } from '../../src/store/database.ts';
import { users } from '../../src/store/tables/users.ts';

/** A database whose driver keeps the queries and finds nothing. */
function startRecording() {
  const queries: Query[] = [];
  const run = async (query: Query) => {
    queries.push(query);
    return [];
  };
  const database = createDatabase({ run, batch: (batch) => Promise.all(batch.map(run)) }, { deadlineMs: 1000 });
  return { database, queries };
}

const select = (value: unknown) =>
  build
    .select({ id: users.id })
    .from(users)
    .where(sql`${value} IS NULL`);

it('runs no statement without a database', async () => {
  await expect(select('a')).rejects.toMatchObject({ cause: new TypeError('only a database runs a statement') });
});

it('hands text, numbers and null to the driver as they are', async () => {
  const { database, queries } = startRecording();
  for (const value of ['a', 7, null]) await database.run(select(value));
  expect(queries.map(({ args }) => args)).toEqual([['a'], [7], [null]]);
});

it.each([[true], [7n], [{}], [Number.NaN], [new Date(Number.NaN)]])(
  'binds no value that the drivers store differently: %s',
  async (value) => {
    const { database, queries } = startRecording();
    await expect(database.run(select(value))).rejects.toThrow(TypeError);
    await expect(database.batch([select('a'), select(value)])).rejects.toThrow(TypeError);
    expect(queries).toEqual([]);
  },
);

it('drops the message of a server that repeats a bound value', async () => {
  const fail = async () => {
    throw new Error('bad request: {"sql":"…","args":["joe@gmail.com"]}');
  };
  const database = createDatabase({ run: fail, batch: fail }, { deadlineMs: 1000 });
  const message = 'database: the message repeats a bound value';
  await expect(database.run(select('joe@gmail.com'))).rejects.toThrow(message);
  await expect(database.batch([select('a'), select('joe@gmail.com')])).rejects.toThrow(message);
  await expect(database.batch([select('a'), select('jane@gmail.com')])).rejects.toThrow('database: bad request');
});

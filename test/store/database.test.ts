import { and, eq, gt, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { build } from '../../src/store/build.ts';
import { createDatabase } from '../../src/store/database.ts';
import { type Given, statement } from '../../src/store/statement.ts';
import { users } from '../../src/store/tables/users.ts';

type Value = string | number | Date | null;

const select = statement(({ value }: Given<{ value: Value }>) =>
  build
    .select({ id: users.id })
    .from(users)
    .where(sql`${value} IS NULL`),
);

it('runs no statement without a database', async () => {
  await expect(build.select().from(users)).rejects.toMatchObject({
    cause: new TypeError('only a database runs a statement'),
  });
});

it('binds text, numbers and null as they are, and times as epoch milliseconds', () => {
  const args = (value: Value) => select({ value }).args;
  expect(args('a')).toEqual(['a']);
  expect(args(7)).toEqual([7]);
  expect(args(null)).toEqual([null]);
  expect(args(new Date(8))).toEqual([8]);
});

it('binds a value as its column stores it, and what is fixed with every use', () => {
  const find = statement(({ at, limit }: Given<{ at: Date; limit: number }>) =>
    build
      .select({ id: users.id })
      .from(users)
      .where(and(gt(users.registeredAt, at), eq(users.admin, true)))
      .limit(limit),
  );
  const disable = statement(({ at }: Given<{ at: Date | null }>) =>
    build.select({ id: users.id }).from(users).where(eq(users.disabledAt, at)),
  );
  expect([disable({ at: null }).args, disable({ at: new Date(5) }).args]).toEqual([[null], [5]]);
  expect(find({ at: new Date(5), limit: 2 }).args).toEqual([5, 1, 2]);
  expect(find({ at: new Date(6), limit: 3 }).args).toEqual([6, 1, 3]);
});

it.each([[true], [7n], [{}], [Number.NaN], [new Date(Number.NaN)], [undefined]])(
  'binds no value that the drivers store differently: %s',
  (value) => {
    expect(() => void Reflect.apply(select, undefined, [{ value }])).toThrow(TypeError);
  },
);

it('refuses a statement that spreads what it is given, because that would bind nothing', () => {
  const find = statement(({ id, ...rest }: Given<{ id: string; email: string }>) =>
    build
      .select()
      .from(users)
      .where(and(eq(users.id, id), eq(users.email, rest.email))),
  );
  expect(() => find({ id: 'a', email: 'b' })).toThrow(TypeError);
});

it('writes a statement once, at its first use', () => {
  let written = 0;
  const count = statement(({ id }: Given<{ id: string }>) => {
    written += 1;
    return build.select().from(users).where(eq(users.id, id));
  });
  expect(written).toBe(0);
  expect([count({ id: 'a' }).args, count({ id: 'b' }).args]).toEqual([['a'], ['b']]);
  expect(written).toBe(1);
});

it('drops the message of a server that repeats a bound value', async () => {
  const fail = async () => {
    throw new Error('bad request: {"sql":"…","args":["joe@gmail.com"]}');
  };
  const database = createDatabase({ run: fail, batch: fail }, { deadlineMs: 1000 });
  const message = 'database: the message repeats a bound value';
  await expect(database.run(select({ value: 'joe@gmail.com' }))).rejects.toThrow(message);
  await expect(database.batch([select({ value: 'a' }), select({ value: 'joe@gmail.com' })])).rejects.toThrow(message);
  await expect(database.batch([select({ value: 'a' }), select({ value: 'jane@gmail.com' })])).rejects.toThrow(
    'database: bad request',
  );
});

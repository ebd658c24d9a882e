import { is, Param, Placeholder, sql } from 'drizzle-orm';

/** A value that a statement binds. A `Date` becomes epoch milliseconds. */
type Value = string | number | Date | null;

/** What a statement is given: its named values, as placeholders while it is written. */
export type Given<Values> = { readonly [Name in keyof Values]: Placeholder<string, Values[Name]> };

/** SQL and what it binds, of the types that both drivers store alike. */
export type Query = { sql: string; args: (string | number | null)[] };

/** A query, and the way from its rows to `Result`. A row is the list of its values. */
export type Statement<Result = unknown> = Query & { resultOf: (rows: unknown[][]) => Result };

/** What `build` makes. */
type Built<Result> = { readonly _: { readonly result: Result }; prepare(): Prepared };

type Prepared = {
  getQuery(): { sql: string; params: unknown[] };
  mapResult(response: { rows: unknown[][] }, isFromBatch: true): unknown;
};

/**
 * A statement as `write` builds it. It is written and rendered at its first use in an isolate; after that, a use only
 * binds values. Throws `TypeError` for a value that the drivers would store differently.
 */
export function statement<Values extends Record<string, Value>, Result>(
  write: (given: Given<Values>) => Built<Result>,
): (values: Values) => Statement<Result>;
export function statement(write: (given: Given<Record<string, Value>>) => Built<unknown>) {
  let rendered: ReturnType<typeof render> | undefined;
  return (values: Record<string, Value>): Statement => {
    rendered ??= render(write(placeholders).prepare());
    const { sql, slots, resultOf } = rendered;
    return { sql, args: slots.map((slot) => toDriverValue(slot(values))), resultOf };
  };
}

/** A placeholder for every name. It cannot list its names, so spreading it throws. */
const placeholders = new Proxy<Given<Record<string, Value>>>(
  {},
  {
    get: (_, name) => sql.placeholder(String(name)),
    ownKeys: () => {
      throw new TypeError('a statement names each value that it is given, and spreads none');
    },
  },
);

function render(prepared: Prepared) {
  const { sql, params } = prepared.getQuery();
  const resultOf = (rows: unknown[][]) => prepared.mapResult({ rows }, true);
  return { sql, slots: params.map(slotOf), resultOf };
}

/** The way from the named values to what a parameter of the SQL binds. */
function slotOf(param: unknown): (values: Record<string, Value>) => unknown {
  if (is(param, Placeholder)) return (values) => values[param.name];
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder, value } = param;
  return (values) => {
    const given = values[value.name];
    return given === null ? null : encoder.mapToDriverValue(given);
  };
}

function toDriverValue(value: unknown): Query['args'][number] {
  if (typeof value === 'string' || value === null) return value;
  const number = value instanceof Date ? value.getTime() : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new TypeError(`a value of type ${typeof value} cannot be bound`);
}

import * as fc from 'fast-check';
import type { DeclaredRoute } from './declared-routes.ts';
import { type Account, fieldText, longText, text } from './hostile-text.ts';

/** A body. `oddBytes` are inserted before its last two bytes; `isMeasured` adds Content-Length. */
export type HostileBody = {
  text: string;
  oddBytes: number[];
  sent: 'whole' | 'in pieces' | 'compressed' | 'broken off';
  isMeasured: boolean;
};

/** Generates a body that `route` must refuse. Most have the fields of the route, with one thing wrong. */
export function hostileBody(route: DeclaredRoute, account: Account): fc.Arbitrary<HostileBody> {
  return fc.constantFrom(...waysToFill(route)).chain((fields) => bodyOf(route, fields, account));
}

/** A route that takes the token or the code of a mail refuses both, so most of its bodies have one of them. */
function waysToFill({ fields }: DeclaredRoute): string[][] {
  if (!fields.includes('code')) return [fields];
  const byToken = fields.filter((name) => name !== 'code' && name !== 'email');
  const byCode = fields.filter((name) => name !== 'token');
  return [byToken, byCode, byToken, byCode, fields];
}

function bodyOf({ takes }: DeclaredRoute, fields: string[], account: Account): fc.Arbitrary<HostileBody> {
  const isForm = takes === 'application/x-www-form-urlencoded';
  const json = { weight: isForm ? 1 : 14, arbitrary: jsonObject(fields, account) };
  const form = { weight: isForm ? 14 : 1, arbitrary: formText(fields, account) };
  const others = { weight: 2, arbitrary: fc.oneof(fc.constantFrom(...noObjects), fc.json(), deep, text) };
  const plain = fc.oneof(json, form, others);
  return fc.record({
    text: fc.oneof(
      { weight: 16, arbitrary: plain },
      {
        weight: 1,
        arbitrary: fc.tuple(plain, fc.nat()).map(([whole, end]) => whole.slice(0, end % (whole.length + 1))),
      },
      { weight: 1, arbitrary: plain.map((whole) => `\ufeff${whole}`) },
    ),
    oddBytes: fc.oneof(
      { weight: 20, arbitrary: fc.constant<number[]>([]) },
      { weight: 1, arbitrary: fc.constantFrom(...notUtf8) },
    ),
    sent: fc.oneof(
      { weight: 14, arbitrary: fc.constant('whole' as const) },
      { weight: 3, arbitrary: fc.constantFrom('in pieces' as const, 'compressed' as const, 'broken off' as const) },
    ),
    isMeasured: fc.boolean(),
  });
}

const notUtf8: number[][] = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0]];

const noObjects = ['', 'null', '"', '[]', '{', '{}', '{"":{}}', '{}{}', '0', '1e999', '\0', '--x\r\n\r\n--x--'];

const depth = fc.constantFrom(10, 3000, 8000);
const deep = fc.oneof(
  depth.map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  depth.map((depth) => '{"a":'.repeat(depth / 2) + '1' + '}'.repeat(depth / 2)),
  depth.map((depth) => '['.repeat(depth)),
);

const oddNames = ['__proto__', 'constructor', 'toString', 'length', 'admin', 'id', 'token[]', ''];

const oddNumbers = ['0', '-0', '1e999', '-1e999', '9007199254740993', '01', 'NaN', 'undefined'];
const oddStrings = ['""', '"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"\\x"', "'a'", ''];
const oddValues = ['null', 'true', '[]', '{}', '[""]', '{"__proto__":{"a":1}}', ...oddNumbers, ...oddStrings];

/** Generates an object, mostly with all of `fields`, sometimes with other or repeated names. */
function jsonObject(fields: string[], account: Account): fc.Arbitrary<string> {
  const value = (name: string) =>
    fc.oneof(
      { weight: 20, arbitrary: fieldText(name, account).map((value) => JSON.stringify(value)) },
      { weight: 2, arbitrary: fc.constantFrom(...oddValues) },
      {
        weight: 1,
        arbitrary: fc.oneof(
          deep,
          longText.map((value) => JSON.stringify(value)),
        ),
      },
    );
  return entries(fields, value).map((entries) => {
    const members = entries.map(({ name, value }) => `${JSON.stringify(name)}:${value}`);
    return `{${members.join(',')}}`;
  });
}

/** Generates a form, mostly with all of `fields`, sometimes with other or repeated names or a broken encoding. */
function formText(fields: string[], account: Account): fc.Arbitrary<string> {
  const value = (name: string) =>
    fc.oneof(
      { weight: 14, arbitrary: fieldText(name, account).map((value) => encodeURIComponent(value.toWellFormed())) },
      { weight: 1, arbitrary: fc.constantFrom('', '%', '%f', '%ff', '%00', '%uD800', '+', '=', '&', '&&=&', ';') },
      { weight: 1, arbitrary: longText },
    );
  return entries(fields, value).map((entries) => entries.map(({ name, value }) => `${name}=${value}`).join('&'));
}

type Entry = { name: string; value: string };

function entries(fields: string[], value: (name: string) => fc.Arbitrary<string>): fc.Arbitrary<Entry[]> {
  const entry = (name: string) => value(name).map((value) => ({ name, value }));
  const oddEntry = fc.oneof(fc.constantFrom(...oddNames, ...fields), text).chain(entry);
  // A client that authenticates by header does not repeat its credentials here.
  const own = fc.tuple(
    ...fields.map((name) => fc.option(entry(name), { freq: name.startsWith('client_') ? 2 : 8, nil: undefined })),
  );
  const others = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Entry[]>([]) },
    { weight: 1, arbitrary: fc.array(oddEntry, { maxLength: 4 }) },
  );
  return fc.tuple(own, others).map(([own, others]) => [...own, ...others].filter((entry) => entry !== undefined));
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Format, readRecords } from '../../../../scripts/ops/import/formats/detect.ts';
import type { TableName } from '../../../../scripts/ops/import/formats/item.ts';
import { collect, dump } from './reading.ts';

/** The items in `text`, which comes in pieces of `size` characters. */
async function itemsOf(format: Format, text: string, tables: TableName[] = [], size = text.length) {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  return collect(readRecords({ head: text, chunks: pieces() }, format, tables));
}

const LONG = 'x'.repeat(70_000);

it.each([
  ['sql', 'flask-pg-dump.sql', 'users', 5],
  ['sql', 'flask-mysql.sql', 'users', 5],
  ['sql', 'flask-sqlite.sql', 'users', 5],
  ['sql', 'supabase.sql', 'users', 7],
  ['csv', 'supabase.csv', '', 7],
  ['json', 'better-auth.json', 'user', 3],
  ['ndjson', 'django.jsonl', '', 5],
] as const)('reads %s of %s alike in whatever pieces it comes', async (format, file, name, count) => {
  const text = readFileSync(dump(file), 'utf8');
  const tables = [{ schema: file === 'supabase.sql' ? 'auth' : 'public', name }];
  const whole = await itemsOf(format, text, tables);
  expect(whole).toHaveLength(count);
  for (const size of [1, 2, 7]) expect(await itemsOf(format, text, tables, size)).toEqual(whole);
});

describe('NDJSON', () => {
  it('has lines that end in any way, and empty ones', async () => {
    expect(await itemsOf('ndjson', '{"a":1}\n\n{"a":2}\r\n\r\n{"a":3}\r{"a":4}')).toEqual([
      { place: 'line 1', record: { a: 1 } },
      { place: 'line 3', record: { a: 2 } },
      { place: 'line 5', record: { a: 3 } },
      { place: 'line 6', record: { a: 4 } },
    ]);
  });

  it('goes on after a line that is broken, no object, or too long to hold', async () => {
    expect(await itemsOf('ndjson', `{"a":\n[1]\n"${LONG}"\n{"a":1}\n{"a":`, [], 1000)).toEqual([
      { place: 'line 1', fault: 'This is not JSON.' },
      { place: 'line 2', fault: 'This is not a JSON object.' },
      { place: 'line 3', fault: 'This is longer than 64 KiB.' },
      { place: 'line 4', record: { a: 1 } },
      { place: 'line 5', fault: 'This is not JSON. Is the file cut off?' },
    ]);
  });
});

describe('CSV', () => {
  it('has rows that end in any way, also within quotes', async () => {
    const text = 'id,note\r\n1,"a\r\nb ""c"", d"\n\n2,x\r3,"e\nf"\n4,z';
    expect(await itemsOf('csv', text)).toEqual([
      { place: 'line 2', record: { id: '1', note: 'a\r\nb "c", d' } },
      { place: 'line 5', record: { id: '2', note: 'x' } },
      { place: 'line 6', record: { id: '3', note: 'e\nf' } },
      { place: 'line 8', record: { id: '4', note: 'z' } },
    ]);
  });

  it('may be separated by semicolons or tabs', async () => {
    for (const sign of [';', '\t'])
      expect(await itemsOf('csv', `id${sign}note\n1${sign}a,b\n`)).toEqual([
        { place: 'line 2', record: { id: '1', note: 'a,b' } },
      ]);
  });

  it('goes on after a row with too few values, and stops at a quote that is not closed', async () => {
    expect(await itemsOf('csv', 'id,note\n1\n2,b\n3,"c\n4,d\n')).toEqual([
      { place: 'line 2', fault: 'This has 1 values for 2 columns.' },
      { place: 'line 3', record: { id: '2', note: 'b' } },
      { place: 'line 4', fault: expect.stringContaining('A quote is not closed.') },
    ]);
    expect(await itemsOf('csv', `id,note\n1,"${LONG}`)).toEqual([
      { place: 'line 2', fault: expect.stringContaining('This is longer than 64 KiB. Is a quote not closed?') },
    ]);
  });
});

describe('JSON', () => {
  const users = [{ schema: '', name: 'users' }];

  it('gives the objects of the list that is asked for', async () => {
    const text =
      '{"v": {"users": [{"a": 0}]}, "x": "}]", "n": -1.5, "users": [{"a": "{\\"["} , {"b": [{}]}], "y": [1]}';
    expect(await itemsOf('json', text, users, 3)).toEqual([
      { place: 'user 1', table: 'users', record: { a: '{"[' } },
      { place: 'user 2', table: 'users', record: { b: [{}] } },
    ]);
  });

  it('says where it is cut off or broken, and passes over what is too long to hold', async () => {
    expect(await itemsOf('json', `[{"a": 1}, {"a": "${LONG}"}, {"a": 2}, {"a": `, [], 1000)).toEqual([
      { place: 'object 1', record: { a: 1 } },
      { place: 'object 2', fault: 'This is longer than 64 KiB.' },
      { place: 'object 3', record: { a: 2 } },
      { place: 'object 4', fault: expect.stringContaining('Is it cut off?') },
    ]);
    expect(await itemsOf('json', '[{"a": 1},\n7]')).toEqual([
      { place: 'object 1', record: { a: 1 } },
      { place: 'line 2', fault: expect.stringContaining('broken or cut off') },
    ]);
  });
});

describe('a dump in SQL', () => {
  const tables = [{ name: 'users' }];
  const rows = async (text: string) =>
    (await itemsOf('sql', text, tables)).map((item) => ('record' in item ? item.record : item.fault));

  it('has values of every form, of which an expression is no text', async () => {
    const text = `INSERT INTO "public"."users" (a, b) VALUES (E'x\\'y', NULL), (-1.5, X'2432'), ('a\\', 'b'::bytea),
      (lower('A'), replace('a','b','c')); INSERT OR IGNORE INTO users(a,b) VALUES(1,TRUE)`;
    expect(await rows(text)).toEqual([
      { a: "x'y", b: null },
      { a: '-1.5', b: '\\x2432' },
      { a: 'a\\', b: 'b' },
      { a: {}, b: {} },
      { a: '1', b: 'TRUE' },
    ]);
  });

  it('has other statements, whose text looks like rows', async () => {
    const text = `-- INSERT INTO users(a) VALUES (1);
      CREATE FUNCTION f() AS $x$ BEGIN; INSERT INTO users(a) VALUES (2); END; $x$;
      CREATE TABLE users (a text, CONSTRAINT c CHECK (a IN ('x', 'y')), "b" int, PRIMARY KEY (a));
      CREATE TRIGGER t AFTER INSERT ON o BEGIN INSERT INTO users VALUES (3, 3); INSERT INTO users VALUES (4, 4); END;
      INSERT INTO other VALUES ('INSERT INTO users(a) VALUES (5);');
      INSERT INTO users VALUES ('6', 7);`;
    expect(await rows(text)).toEqual([{ a: '6', b: '7' }]);
  });

  it('has several rows in a line, which the place tells apart', async () => {
    const items = await itemsOf('sql', 'INSERT INTO users (a) VALUES (1),(2),\n(3);', tables);
    expect(items.map(({ place }) => place)).toEqual(['line 1', 'line 1, row 2', 'line 2']);
  });

  it('says where it is cut off', async () => {
    expect(await rows('INSERT INTO users (a, b) VALUES (1, 2), (3, ')).toEqual([
      { a: '1', b: '2' },
      expect.stringContaining('Is it cut off?'),
    ]);
    expect(await rows('COPY users (a, b) FROM stdin;\n1\t\\N\n2\n3\tx\\ty\n4\t$2b$13$cu')).toEqual([
      { a: '1', b: null },
      'This has 1 values for 2 columns.',
      { a: '3', b: 'x\ty' },
      expect.stringContaining('Is it cut off?'),
    ]);
  });
});

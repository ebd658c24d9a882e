import { createClient, type Client } from '@libsql/client/http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LibsqlServer, startLibsqlServer } from '../../../scripts/libsql/server.ts';

const authToken = 'secret-token';

let server: LibsqlServer;
let client: Client;
beforeEach(async () => {
  server = await startLibsqlServer({ file: ':memory:', authToken });
  client = createClient({ url: server.url, authToken, intMode: 'bigint' });
  await client.execute('CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)');
});
afterEach(() => server.stop());

const count = async () => (await client.execute('SELECT count(*) n FROM things')).rows[0]?.['n'];

it('runs the libSQL engine, and returns values unchanged', async () => {
  const values = [null, 9007199254740993n, 0.1, 'é🔑\u2028\u0001', new Uint8Array([0, 255, 1]).buffer];
  const { rows } = await client.execute({ sql: 'SELECT ? a, ? b, ? c, ? d, ? e', args: values });
  expect(Object.values(rows[0] ?? {})).toEqual(values);
  const named = await client.execute({ sql: 'SELECT :a a, $b b', args: { a: 'x', b: 'y' } });
  expect(named.rows).toEqual([{ a: 'x', b: 'y' }]);
  // SQLite itself has no vectors.
  expect((await client.execute("SELECT vector_extract(vector('[1,2]')) v")).rows).toEqual([{ v: '[1,2]' }]);
});

it('keeps idle connections open', async () => {
  const { headers } = await fetch(server.url);
  expect([headers.get('connection'), headers.get('keep-alive')]).toEqual(['keep-alive', null]);
});

it('counts the changed rows, with and without RETURNING', async () => {
  expect(await client.execute("INSERT INTO things (name) VALUES ('a'), ('b')")).toMatchObject({ rowsAffected: 2 });
  expect(await client.execute("UPDATE things SET name = name || '!' RETURNING id")).toMatchObject({ rowsAffected: 2 });
  expect(await client.execute('SELECT * FROM things')).toMatchObject({ rowsAffected: 0 });
});

it('applies a batch completely or not at all', async () => {
  const insert = "INSERT INTO things (name) VALUES ('a')";
  await expect(client.batch([insert, insert], 'write')).rejects.toThrow('UNIQUE constraint failed: things.name');
  expect(await count()).toBe(0n);
  await client.batch([insert], 'write');
  expect(await count()).toBe(1n);
});

it('runs one transaction at a time', async () => {
  const transaction = await client.transaction('write');
  await transaction.execute("INSERT INTO things (name) VALUES ('a')");
  const counted = count();
  await transaction.execute("INSERT INTO things (name) VALUES ('b')");
  await transaction.commit();
  expect(await counted).toBe(2n);
});

it('rolls back a transaction that is not committed, and continues after an EXPLAIN', async () => {
  const transaction = await client.transaction('write');
  await transaction.execute("INSERT INTO things (name) VALUES ('a')");
  await transaction.rollback();
  expect(await count()).toBe(0n);
  await client.execute('EXPLAIN QUERY PLAN UPDATE things SET name = 1');
  await client.batch(["INSERT INTO things (name) VALUES ('a')"], 'write');
  expect(await count()).toBe(1n);
});

it('dumps committed rows only, and blobs of any size', async () => {
  const transaction = await client.transaction('write');
  await transaction.execute("INSERT INTO things (name) VALUES ('a')");
  const dump = fetch(`${server.url}/dump`, { headers: { authorization: `Bearer ${authToken}` } });
  await transaction.execute("INSERT INTO things (name) VALUES ('b')");
  await transaction.rollback();
  expect(await (await dump).text()).not.toContain('INSERT INTO');
  const { rows } = await client.execute('SELECT zeroblob(300000) b');
  expect(rows[0]?.['b']).toMatchObject({ byteLength: 300_000 });
});

it('requires its token, and refuses requests that it does not know', async () => {
  expect((await fetch(`${server.url}/dump`)).status).toBe(401);
  expect((await fetch(`${server.url}/v2/pipeline`, { method: 'POST', body: '{}' })).status).toBe(401);
  const headers = { authorization: `Bearer ${authToken}` };
  expect((await fetch(`${server.url}/nowhere`, { headers })).status).toBe(404);
  for (const body of ['', '{}', '{"requests":[{"type":"describe"}]}', '{"baton":"a","requests":[]}']) {
    expect((await fetch(`${server.url}/v2/pipeline`, { method: 'POST', headers, body })).status).toBe(400);
  }
});

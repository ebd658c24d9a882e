import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { cleanUp } from '../../src/domain/clean-up.ts';
import { wire } from '../../src/wire.ts';
import { sql } from '../support/database.ts';
import { bearer, silent, startService, tokensOf } from '../support/service.ts';
import { watchDatabase } from '../support/storage.ts';

async function planOf(statement: string): Promise<unknown[]> {
  const values = Array.from(statement.matchAll(/\?/g), () => null);
  const steps = await sql(`EXPLAIN QUERY PLAN ${statement}`, ...values);
  return steps.map(({ detail }) => detail);
}

/** SQLite also scans what a statement has bound or selected itself, which is no table. */
const tableScan = /^SCAN (?!limits$|concerned$|weighed$|\d+ CONSTANT ROWS?$)/;

it('recognizes a table scan', async () => {
  expect(await planOf('SELECT * FROM users WHERE admin = ?')).toEqual(['SCAN users']);
  expect('SCAN users').toMatch(tableScan);
});

it('uses an index for every statement of every route', async () => {
  const statements = new Set<string>();
  const database = watchDatabase((batch) => batch.forEach((sql) => statements.add(sql)));
  const { call, post, register, logIn, status, logOut, refresh, listSessions } = startService({ env: database });
  const tokens = tokensOf(await register());
  const { access } = tokensOf(await logIn());
  await startService({ env: { ...database, PBKDF2_ITERATIONS: '2000' } }).logIn();
  await status(tokens.access);
  await refresh(tokens.refresh);
  await post('/auth/logout', { refresh_token: tokens.refresh });
  await listSessions(access);
  await call(`/auth/sessions/${crypto.randomUUID()}`, { method: 'DELETE', headers: bearer(access) });
  await logOut(tokens.access);
  await logOut(access, 'others');
  await logOut(access, 'all');
  await call('/ready');
  await wire({ ...env, ...database }, silent).logins.isKnown('a', new Date());
  await cleanUp(wire({ ...env, ...database }, silent));

  expect(statements.size).toBe(24);
  for (const statement of statements) {
    const scans = (await planOf(statement)).filter((step) => tableScan.test(String(step)));
    expect(scans, statement).toEqual([]);
  }
});

it('finds the sessions of a deleted user by an index', async () => {
  expect(await planOf('DELETE FROM sessions WHERE user_id = ?')).toEqual([
    'SEARCH sessions USING COVERING INDEX sessions_user_id (user_id=?)',
  ]);
});

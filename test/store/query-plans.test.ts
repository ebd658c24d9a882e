import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { deleteEndedSessions } from '../../src/domain/clean-up.ts';
import { wire } from '../../src/wire.ts';
import { bearer, startService, tokensOf } from '../support/service.ts';
import { watchDatabase } from '../support/storage.ts';

async function planOf(sql: string): Promise<string[]> {
  const values = Array.from(sql.matchAll(/\?/g), () => null);
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}

it('knows a table scan when it sees one', async () => {
  expect(await planOf('SELECT * FROM users WHERE admin = ?')).toEqual(['SCAN users']);
});

it('uses an index for every statement of every route', async () => {
  const statements = new Set<string>();
  const DB = watchDatabase((batch) => batch.forEach((sql) => statements.add(sql)));
  const { call, register, logIn, status, logOut, refresh, listSessions } = startService({ env: { DB } });
  const tokens = tokensOf(await register());
  const { access } = tokensOf(await logIn());
  await startService({ env: { DB, PBKDF2_ITERATIONS: '2000' } }).logIn();
  await status(tokens.access);
  await refresh(tokens.refresh);
  await listSessions(access);
  await call('/auth/sessions/a', { method: 'DELETE', headers: bearer(access) });
  await logOut(tokens.access);
  await logOut(access, 'others');
  await logOut(access, 'all');
  await call('/ready');
  await deleteEndedSessions(wire({ ...env, DB }, { note: () => undefined, report: () => undefined }));

  expect(statements.size).toBe(13);
  for (const sql of statements) {
    const scans = (await planOf(sql)).filter((step) => step.startsWith('SCAN'));
    expect(scans, sql).toEqual([]);
  }
});

it('finds the sessions of a user that is deleted by an index', async () => {
  expect(await planOf('DELETE FROM sessions WHERE user_id = ?')).toEqual([
    'SEARCH sessions USING COVERING INDEX sessions_user_id (user_id=?)',
  ]);
});

import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { findScans } from '../../scripts/bench/growth/scans.ts';
import { cleanUp } from '../../src/domain/clean-up.ts';
import { wire } from '../../src/wire.ts';
import { startClients } from '../support/clients.ts';
import { emptyTables, sql, sqlValue } from '../support/database.ts';
import { documentedRequests } from '../support/documented-requests.ts';
import { silent, tokensOf } from '../support/service.ts';
import { watchDatabase } from '../support/storage.ts';

async function planOf(statement: string): Promise<string[]> {
  const values = Array.from(statement.matchAll(/\?/g), () => null);
  const steps = await sql(`EXPLAIN QUERY PLAN ${statement}`, ...values);
  return steps.map(({ detail }) => String(detail));
}

it('recognizes a table scan', async () => {
  const plan = await planOf('SELECT * FROM users WHERE admin = ?');
  expect(plan).toEqual(['SCAN users']);
  expect(findScans(plan)).toEqual(plan);
});

it('uses an index for every statement of every route', async () => {
  const statements = new Set<string>();
  const database = watchDatabase((batch) => batch.forEach((sql) => statements.add(sql)));
  const service = startClients({ env: database });
  for (const { ask } of documentedRequests) {
    await emptyTables();
    const tokens = tokensOf(await service.register());
    const other = String(await sqlValue('SELECT id FROM sessions'));
    await ask(service, { ...tokens, other });
  }
  await emptyTables();
  const tokens = tokensOf(await service.register());
  await startClients({ env: { ...database, PBKDF2_ITERATIONS: '2000' } }).logIn();
  await service.logOut(tokens.access);
  await service.refresh(tokens.refresh);
  await service.logOut(tokens.access);
  await wire({ ...env, ...database }, silent).logins.isKnown('a', new Date());
  await cleanUp(wire({ ...env, ...database }, silent));

  expect(statements.size).toBeGreaterThanOrEqual(24);
  for (const statement of statements) {
    expect(findScans(await planOf(statement)), statement).toEqual([]);
  }
});

it('finds the sessions of a deleted user by an index', async () => {
  expect(await planOf('DELETE FROM sessions WHERE user_id = ?')).toEqual([
    'SEARCH sessions USING COVERING INDEX sessions_user_id (user_id=?)',
  ]);
});

import { expect, it } from 'vitest';
import { startClients } from '../support/clients.ts';
import { emptyTables, sqlValue } from '../support/database.ts';
import { documentedRequests, readTable } from '../support/documented-requests.ts';
import { tokensOf } from '../support/service.ts';
import { watchDatabase, watchDenylist } from '../support/storage.ts';

const whole = startClients();

it('makes as many round trips as documented', async () => {
  const counted = new Map<string, Record<string, string>>();
  for (const { name, ask, success } of documentedRequests) {
    await emptyTables();
    await whole.register();
    const other = String(await sqlValue('SELECT id FROM sessions'));
    const tokens = { ...tokensOf(await whole.logIn()), other };
    let database = 0;
    const kv = { get: 0, put: 0 };
    const service = startClients({
      env: {
        ...watchDatabase(() => void (database += 1)),
        DENYLIST: watchDenylist(({ operation }) => void (kv[operation] += 1)),
      },
    });
    expect(await ask(service, tokens), name).toMatchObject({ status: success });
    counted.set(name, { request: name, database: `${database}`, 'KV reads': `${kv.get}`, 'KV writes': `${kv.put}` });
  }
  expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(readTable('Round trips')));
});

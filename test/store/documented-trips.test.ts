import { expect, it } from 'vitest';
import { startClients } from '../support/clients.ts';
import { emptyTables } from '../support/database.ts';
import { documentedRequests, prepare, readTable } from '../support/documented-requests.ts';
import { withMail } from '../support/mailed.ts';
import { watchDatabase, watchDenylist } from '../support/storage.ts';

it('makes as many round trips as documented', async () => {
  const counted = new Map<string, Record<string, string>>();
  for (const request of documentedRequests) {
    const { name, env, ask, success } = request;
    await emptyTables();
    const tokens = await prepare(request);
    let database = 0;
    const kv = { get: 0, put: 0 };
    const service = startClients({
      env: {
        ...withMail(),
        ...env,
        ...watchDatabase(() => void (database += 1)),
        DENYLIST: watchDenylist(({ operation }) => void (kv[operation] += 1)),
      },
      // Nobody waits for what follows the response.
      deps: { afterResponse: () => undefined },
    });
    expect(await ask(service, tokens), name).toMatchObject({ status: success });
    counted.set(name, { request: name, database: `${database}`, 'KV reads': `${kv.get}`, 'KV writes': `${kv.put}` });
  }
  expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(readTable('Round trips')));
});

import assert from 'node:assert/strict';
import type { Started } from '../harness/process.ts';

/** Triggers the cron job. */
export async function cleanUp({ url, output }: Started): Promise<void> {
  const response = await fetch(`${url}/cdn-cgi/local/scheduled`);
  assert.equal(response.status, 200);
  assert.match(output(), /^\{"level":"info","job":"clean_up","deleted":\{"sessions":0,/m);
  console.log('ok: the cron job deletes ended sessions');
}

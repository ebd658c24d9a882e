import { env } from 'cloudflare:workers';
import { z } from 'zod';
import type { OnTrip } from './storage.ts';
import { spendSubrequests } from './subrequests.ts';

/** The watchers, by the token that the service uses. `fetch` replaces that token by the real one. */
const watchers = new Map<string, OnTrip>();

/** Watches the libSQL server: every round trip is one HTTP request. */
export function watchLibsql(onTrip: OnTrip): { TURSO_AUTH_TOKEN: string } {
  const token = `watched-${watchers.size}`;
  watchers.set(`Bearer ${token}`, onTrip);
  return { TURSO_AUTH_TOKEN: token };
}

const send = globalThis.fetch.bind(globalThis);

globalThis.fetch = async (input, init) => {
  spendSubrequests();
  const request = new Request(input, init);
  const onTrip = watchers.get(request.headers.get('authorization') ?? '');
  if (onTrip === undefined) return send(request);
  const body = await request.text();
  const after = await onTrip(statementsOf(body));
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${env.TURSO_AUTH_TOKEN}` };
  const response = await send(request.url, { method: 'POST', headers, body, signal: request.signal });
  after?.();
  return response;
};

const statement = z.object({ sql: z.string().optional(), sql_id: z.number().optional() });
const pipeline = z.object({
  requests: z.array(
    z.object({
      type: z.string(),
      sql: z.string().optional(),
      sql_id: z.number().optional(),
      stmt: statement.optional(),
      batch: z.object({ steps: z.array(z.object({ stmt: statement })) }).optional(),
    }),
  ),
});

/** Finds the SQL statements of a request, without the transaction around a batch. */
function statementsOf(body: string): string[] {
  const { requests } = pipeline.parse(JSON.parse(body));
  const texts = new Map(requests.map(({ type, sql, sql_id }) => [type === 'store_sql' ? sql_id : undefined, sql]));
  const asked = requests.flatMap(({ stmt, batch }) => [
    ...(stmt ? [stmt] : []),
    ...(batch?.steps ?? []).map((step) => step.stmt),
  ]);
  return asked
    .map(({ sql, sql_id }) => sql ?? texts.get(sql_id) ?? '')
    .filter((sql) => !/^(BEGIN|COMMIT|ROLLBACK)\b/.test(sql));
}

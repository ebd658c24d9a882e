import { createClient, type ResultSet } from '@libsql/client/http';
import { createDatabase, type Database } from './database.ts';

/**
 * The database of the libSQL server at `url` (Turso, sqld), over HTTP. Open one per request: a client that requests
 * share makes each wait for the connections of the others.
 */
export function openLibsql(
  { url, authToken }: { url: string; authToken: string | undefined },
  { deadlineMs }: { deadlineMs: number },
): Database {
  const client = createClient({
    url,
    ...(authToken !== undefined && { authToken }),
    fetch: (request: Request) => send(request, deadlineMs),
  });
  return createDatabase(
    {
      run: async (query) => rowsOf(await client.execute(query)),
      // `write` takes the lock at once. A batch that reads first would find out too late that another has written.
      batch: async (queries) => (await client.batch([...queries], 'write')).map(rowsOf),
    },
    { deadlineMs },
  );
}

const rowsOf = ({ rows }: ResultSet) => rows.map((row) => Array.from(row));

/**
 * Follows no redirect: bound values are for this server only. Reads no body of a failure: it may come from a proxy, and
 * may repeat the request. Reads the whole of any other, so that nothing is left of the timer when it returns: an isolate
 * may have ten thousand of them.
 */
async function send(request: Request, deadlineMs: number): Promise<Response> {
  const late = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  const timer = setTimeout(() => late.abort(reason), deadlineMs);
  try {
    const response = await fetch(request, { redirect: 'manual', signal: late.signal });
    if (response.ok) return new Response(await response.arrayBuffer());
    await response.body?.cancel();
    return new Response(undefined, { status: response.status });
  } finally {
    clearTimeout(timer);
  }
}

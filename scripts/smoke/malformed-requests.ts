import assert from 'node:assert/strict';
import type { Client } from '../harness/http-client.ts';
import { malformedRequest } from './malformed.ts';

const REQUESTS = 10_000;
const SIMULTANEOUS = 16;
const OAUTH_ROUTES = new Set(['/oauth/introspect', '/oauth/revoke']);

/** Sends malformed requests, every one of which must be refused in the shape of its route. */
export async function sendMalformedRequests({ call }: Client): Promise<void> {
  const statuses = new Map<number, number>();
  let next = 0;
  const worker = async () => {
    while (next < REQUESTS) {
      const { path, init } = malformedRequest(next++);
      const { status, body } = await call(path, init);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const isRefused = status >= 400 && status < 500 && isRefusal(path, body);
      assert.ok(isRefused, `${init.method} ${path} is answered ${status}: ${JSON.stringify(body)}`);
    }
  };
  await Promise.all(Array.from({ length: SIMULTANEOUS }, worker));
  const seen = [...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${times} x ${status}`);
  console.log(`ok: ${REQUESTS} malformed requests: ${seen.join(', ')}`);
}

/** The OAuth routes refuse as in RFC 6749, all others in the envelope. */
function isRefusal(path: string, body: Record<string, unknown>): boolean {
  if (!OAUTH_ROUTES.has(path)) return body['status'] === 'fail' && typeof body['code'] === 'string';
  return typeof body['error'] === 'string' && typeof body['error_description'] === 'string';
}

import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { declaredRoutes } from '../../test/support/declared-routes.ts';
import { ORIGIN } from '../../test/support/hostile-headers.ts';
import {
  arbitraryRequest,
  describeRequest,
  type HostileRequest,
  hostileRequest,
} from '../../test/support/hostile-requests.ts';
import { type Account, CANARY } from '../../test/support/hostile-text.ts';
import { findFaults } from '../../test/support/lawful-responses.ts';
import { toRequest } from '../../test/support/sent-request.ts';

/** The origin whose pages the service must allow, for its responses to be lawful. */
export { ORIGIN };

const REQUESTS = 10_000;
const SIMULTANEOUS = 16;
const SEED = 1;
const MAX_WAIT_MS = 30_000;

/** Above this, it is not the service that responds, but the server in front of it. */
const MAX_HEAD_BYTES = 16_384;

/**
 * The longest body of each kind. The service reads 16 KiB of a body at most. The proxy of `wrangler dev` loses its
 * connection to the service when that stops reading a stream, or leaves a very long body.
 */
const MAX_CHARACTERS = { whole: 66_000, compressed: 66_000, 'in pieces': 16_000, 'broken off': 0 };

/** These headers say how a request is sent. Node sets them; `announceBodies` lies about them. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect', 'host']);

/** Sends requests as test/flows/service/fuzz.test.ts does, but over HTTP. Every response must be lawful. */
export async function sendHostileRequests(url: string, account: Account): Promise<void> {
  const queue = drawRequests(account);
  const statuses = new Map<number, number>();
  const work = async () => {
    for (let request = queue.pop(); request !== undefined; request = queue.pop()) {
      const status = await send(url, request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: SIMULTANEOUS }, work));
  const seen = [...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${times} x ${status}`);
  console.log(`ok: ${REQUESTS} hostile requests: ${seen.join(', ')}`);
}

/** The same requests in every run, the same number for each route. */
function drawRequests(account: Account): HostileRequest[] {
  const kinds = [...declaredRoutes.map((route) => hostileRequest(route, account)), arbitraryRequest(account)];
  const numRuns = Math.ceil(REQUESTS / kinds.length);
  return kinds
    .flatMap((kind, i) => fc.sample(kind.map(withoutFraming).filter(canBeSent), { seed: SEED + i, numRuns }))
    .slice(0, REQUESTS);
}

function withoutFraming(request: HostileRequest): HostileRequest {
  const headers = request.headers.filter(([name]) => !FRAMING.has(name));
  const body = request.body && { ...request.body, isMeasured: false };
  return { ...request, headers, body };
}

/** Whether `fetch` and the server in front of the service let the request through. */
function canBeSent({ method, path, headers, body }: HostileRequest): boolean {
  const head = [path, ...headers.flat()].join('\r\n');
  const isText = headers.every(([, value]) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value));
  const isShort = head.length <= MAX_HEAD_BYTES && (body === undefined || body.text.length < MAX_CHARACTERS[body.sent]);
  return method !== 'TRACE' && isText && isShort;
}

/** Sends `request`, and returns the status of its response. */
async function send(url: string, request: HostileRequest): Promise<number> {
  const sent = await toRequest(request, url);
  const { response, text } = await exchange(sent).catch((cause: unknown) => {
    throw new Error(`no response to ${describeRequest(request)}`, { cause });
  });
  const faults = findFaults({ method: sent.method, url: sent.url, response, text });
  if (text.toLowerCase().includes(CANARY)) faults.push('repeats what was sent');
  assert.deepEqual(faults, [], `${response.status} ${text}, to ${describeRequest(request)}`);
  return response.status;
}

async function exchange(request: Request): Promise<{ response: Response; text: string }> {
  const response = await fetch(request, { signal: AbortSignal.timeout(MAX_WAIT_MS) });
  return { response, text: await response.text() };
}

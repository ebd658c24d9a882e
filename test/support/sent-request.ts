import type { HostileBody } from './hostile-bodies.ts';
import type { HostileRequest } from './hostile-requests.ts';

/** Makes the request that `fetch` sends for a hostile request to the service at `origin`. */
export async function toRequest(
  { method, path, headers, body }: HostileRequest,
  origin = 'http://localhost',
): Promise<Request> {
  const url = `${origin}${path}`;
  if (body === undefined || ['GET', 'HEAD'].includes(method)) return new Request(url, { method, headers });
  const plain = bytesOf(body);
  const bytes = body.sent === 'compressed' ? await compress(plain) : plain;
  const isWhole = body.sent === 'whole' || body.sent === 'compressed';
  const sent = isWhole ? bytes : pieces(bytes, body.sent === 'broken off');
  // Node wants to be told that a stream is sent before the response comes. Workers have no such option.
  const init = { method, headers, body: sent, duplex: 'half' } as const;
  const request = new Request(url, init);
  if (body.isMeasured) request.headers.set('content-length', String(bytes.length));
  if (body.sent === 'compressed') request.headers.set('content-encoding', 'gzip');
  return request;
}

async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

function bytesOf({ text, oddBytes }: HostileBody): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (oddBytes.length === 0) return bytes;
  const end = Math.max(bytes.length - 2, 0);
  return Uint8Array.from([...bytes.subarray(0, end), ...oddBytes, ...bytes.subarray(end)]);
}

function pieces(bytes: Uint8Array, isBroken: boolean): ReadableStream<Uint8Array> {
  const size = Math.ceil(bytes.length / 3) + 1;
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent > 0 && isBroken) controller.error(new Error('Network connection lost.'));
      else if (sent >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(sent, sent + size));
      sent += size;
    },
  });
}

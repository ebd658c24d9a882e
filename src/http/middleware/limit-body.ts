import { createMiddleware } from 'hono/factory';
import { Refusal } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

const MAX_BODY_BYTES = 16 * 1024;

/**
 * Limits the body that a route can read to 16 KiB. Reading a longer one refuses with `body_too_large`, at once when
 * Content-Length says so. Reading one that breaks off refuses with `malformed_json`. The limit applies on reading,
 * since a proxy may announce a body and never send it.
 */
export function limitBody() {
  return createMiddleware<AppEnv>(async function limitBody(c, next) {
    const { raw } = c.req;
    const { method } = raw;
    const body: ReadableStream<Uint8Array> | null = raw.body;
    if (body === null) return next();
    const length = Number(raw.headers.get('Content-Length'));
    // No route reads it, and `wrangler dev` would wait for it before it sends the response.
    if (method === 'GET' || method === 'HEAD') await body.cancel();
    else c.req.raw = new Request(raw, { method, body: limited(body, length) });
    return next();
  });
}

function limited(body: ReadableStream<Uint8Array>, announced: number): ReadableStream<Uint8Array> {
  let read = 0;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const source: UnderlyingSource<Uint8Array> = {
    async pull(controller) {
      if (announced > MAX_BODY_BYTES) throw new Refusal('body_too_large');
      reader ??= body.getReader();
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new Refusal('malformed_json', { reason: 'the body broke off', cause });
      });
      if (done) return controller.close();
      read += value.byteLength;
      if (read > MAX_BODY_BYTES) throw new Refusal('body_too_large');
      controller.enqueue(value);
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

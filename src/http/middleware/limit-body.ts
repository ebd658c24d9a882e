import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { Refusal } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

const MAX_BODY_BYTES = 16 * 1024;

/** Refuses a body of more than 16 KiB with `body_too_large`, and one that breaks off with `malformed_json`. */
export function limitBody() {
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuse });
  return createMiddleware<AppEnv>(async function limitBody(c, next) {
    try {
      return await limit(c, async () => {
        // Where its length is announced, nothing of it has been read yet. What is read here, the routes find read.
        await c.req.arrayBuffer();
        await next();
      });
    } catch (cause) {
      if (cause instanceof Refusal) throw cause;
      throw new Refusal('malformed_json', { reason: 'the body broke off', cause });
    }
  });
}

function refuse(): never {
  throw new Refusal('body_too_large');
}

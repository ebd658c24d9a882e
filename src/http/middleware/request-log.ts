import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import { Refusal, StorageFailure } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

/**
 * Writes one line of JSON for each request: its id, the route's pattern, the status, how long it took, and why it was
 * refused. Nothing that the caller sent gets into it, but for the method and a request id that is well formed.
 */
export function requestLog() {
  return createMiddleware<AppEnv>(async function requestLog(c, next) {
    const startedAt = Date.now();
    c.set('notes', []);
    await next();
    const line = {
      level: c.res.status < 500 ? 'info' : 'error',
      request_id: c.var.requestId,
      method: c.req.method,
      route: matchedRoutes(c).find(({ path }) => path !== '/*')?.path ?? 'none',
      status: c.res.status,
      duration_ms: Date.now() - startedAt,
      code: c.var.refusedWith,
      ...describe(c.error),
      ...(c.var.notes.length > 0 && { notes: c.var.notes }),
    };
    console.log(JSON.stringify(line));
  });
}

function describe(error: Error | undefined) {
  if (error === undefined || error instanceof HTTPException) return {};
  if (error instanceof Refusal) return { reason: error.reason };
  if (error instanceof StorageFailure) return { reason: error.message };
  return { reason: `bug: ${error.name}`, stack: framesOf(error) };
}

/** Where an error came from, without its message, which may hold anything. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const lines = stack
    .slice(stack.indexOf(error.message) + error.message.length)
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, 8);
}

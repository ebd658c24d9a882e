import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import { describe, writeLine } from '../../log.ts';
import type { SecurityEvent } from '../../domain/deps.ts';
import type { AppEnv } from '../app-env.ts';

/**
 * Writes one line of JSON for each request: its id, the pattern of its route, the status, the duration, and why it was
 * refused. Of what the caller sends, only the method and a well-formed request id get into it.
 */
export function requestLog() {
  return createMiddleware<AppEnv>(async function requestLog(c, next) {
    const startedAt = Date.now();
    const notes: string[] = [];
    const securityEvents: SecurityEvent[] = [];
    c.set('notes', notes);
    c.set('securityEvents', securityEvents);
    await next();
    c.set('isLogged', true);
    const isQuiet = c.error === undefined || c.error instanceof HTTPException;
    writeLine({
      level: levelOf(c.res.status, securityEvents.length > 0),
      request_id: c.get('requestId'),
      method: c.req.method,
      route: matchedRoutes(c).find(({ path }) => path !== '/*')?.path ?? 'none',
      status: c.res.status,
      duration_ms: Date.now() - startedAt,
      code: c.get('refusedWith'),
      user_id: c.get('userId'),
      ...(!isQuiet && describe(c.error)),
      ...(notes.length > 0 && { notes }),
      ...(securityEvents.length > 0 && { security_events: securityEvents }),
    });
  });
}

function levelOf(status: number, isSecurityEvent: boolean) {
  if (status >= 500) return 'error';
  return isSecurityEvent ? 'warn' : 'info';
}

import { createMiddleware } from 'hono/factory';
import { logMail, writeLine } from '../../log.ts';
import type { AppEnv, Surroundings, Wire } from '../app-env.ts';
import { deviceOf } from '../request/login-origin.ts';

/** Sets `c.var.deps`, the dependencies that `wire` makes. Refuses with `misconfigured`. */
export function provideDeps(wire: Wire) {
  return createMiddleware<AppEnv>(async function provideDeps(c, next) {
    const notes = c.get('notes');
    const securityEvents = c.get('securityEvents');
    const surroundings: Surroundings = {
      // What follows the response has no line of the request to add to.
      note: (remark) =>
        c.get('isLogged')
          ? writeLine({ level: 'info', request_id: c.get('requestId'), note: remark })
          : void notes.push(remark),
      report: (event) => void securityEvents.push(event),
      identify: (userId) => c.set('userId', userId),
      trace: () => ({ requestId: c.get('requestId'), ...deviceOf(c) }),
      reportMail: logMail,
      // A turn later, so that the response does not wait for the work to begin.
      afterResponse: (work) => c.executionCtx.waitUntil(scheduler.wait(1).then(work)),
    };
    c.set('deps', wire(c.env, surroundings));
    await next();
  });
}

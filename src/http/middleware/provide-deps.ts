import { createMiddleware } from 'hono/factory';
import type { AppEnv, Wire } from '../app-env.ts';

/** Sets `c.var.deps`, the dependencies that `wire` makes. Refuses with `misconfigured`. */
export function provideDeps(wire: Wire) {
  return createMiddleware<AppEnv>(async function provideDeps(c, next) {
    const notes = c.get('notes');
    const securityEvents = c.get('securityEvents');
    const log = {
      note: (remark: string) => void notes.push(remark),
      report: (event: (typeof securityEvents)[number]) => void securityEvents.push(event),
    };
    c.set('deps', wire(c.env, log));
    await next();
  });
}

import { createMiddleware } from 'hono/factory';
import type { AppEnv, Wire } from '../app-env.ts';

/** Gives the request its dependencies, made by `wire`. Refuses with `misconfigured`. */
export function provideDeps(wire: Wire) {
  return createMiddleware<AppEnv>(async function provideDeps(c, next) {
    const note = (remark: string) => void c.var.notes.push(remark);
    c.set('deps', wire(c.env, { note }));
    await next();
  });
}

import { z } from '@hono/zod-openapi';
import { checkReadiness } from '../../domain/health.ts';
import { json, refusal } from '../response/answers.ts';
import type { App } from '../app-env.ts';
import { openRoute } from '../endpoint.ts';

const answer = z.object({ status: z.literal('success'), message: z.string() });

const health = openRoute(
  {
    method: 'get',
    path: '/health',
    summary: 'Whether the process is up',
    responses: { 200: json(answer, 'It is. Nothing else was asked.') },
  },
  { budget: 'unlimited' },
);

const ready = openRoute({
  method: 'get',
  path: '/ready',
  summary: 'Whether it can do its work',
  responses: {
    200: json(answer, 'Configuration, keys, database and denylist are in order.'),
    429: refusal('too_many_requests'),
    503: refusal('not_ready', 'misconfigured'),
  },
});

/** Mounted before anything that needs a configuration: a process without one is up all the same. */
export function mountHealth(app: App) {
  app.openapi(health, (c) => c.json({ status: 'success' as const, message: 'Up.' }, 200));
}

export function mountReady(app: App) {
  app.openapi(ready, async (c) => {
    await checkReadiness(c.var.deps);
    return c.json({ status: 'success' as const, message: 'Ready.' }, 200);
  });
}

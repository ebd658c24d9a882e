import { checkReadiness } from '../../domain/check-readiness.ts';
import type { App } from '../app-env.ts';
import { bareRoute, openRoute } from '../endpoint.ts';
import { json, messageResponse, shapeMessage } from '../response/json.ts';

const health = bareRoute({
  method: 'get',
  path: '/health',
  summary: 'Whether the process is up',
  responses: { 200: json(messageResponse, 'It is up. Nothing else was checked.') },
});

const ready = openRoute(
  {
    method: 'get',
    path: '/ready',
    summary: 'Whether the service can do its work',
    responses: { 200: json(messageResponse, 'Configuration, keys, database and denylist are in order.') },
  },
  { refuses: ['not_ready'] },
);

/** Mounted before anything that needs a configuration: a process without one is up all the same. */
export function mountHealth(app: App) {
  app.openapi(health, (c) => c.json(shapeMessage('Up.'), 200));
}

export function mountReady(app: App) {
  app.openapi(ready, async (c) => {
    await checkReadiness(c.var.deps);
    return c.json(shapeMessage('Ready.'), 200);
  });
}

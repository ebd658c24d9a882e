import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';
import { readForm } from '../request/form-body.ts';
import { readLinesText } from '../request/lines.ts';
import { checkJsonBody } from '../request/json-body.ts';
import type { BodyType } from '../request/body.ts';

/**
 * Checks a body of `type` before the schema of the route reads it; without a type there is none to check. Refuses as
 * `checkJsonBody`, `readForm` and `readLinesText` do.
 */
export function checkBody(type: BodyType | undefined) {
  return createMiddleware<AppEnv>(async function checkBody(c, next) {
    if (type === 'application/json') await checkJsonBody(c);
    if (type === 'application/x-www-form-urlencoded') await readForm(c);
    if (type === 'application/x-ndjson') await readLinesText(c);
    await next();
  });
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Deps, SecurityEvent } from '../domain/deps.ts';
import type { RefusalCode } from '../errors.ts';

/** Makes the dependencies of one request from its bindings. Refuses with `misconfigured`. */
export type Wire = (env: Env, log: Pick<Deps, 'note' | 'report'>) => Deps;

/** What the middleware that every request passes leaves in `c.var`. */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Remarks and security events for the request's line in the log. */
    notes: string[];
    securityEvents: SecurityEvent[];
    deps: Deps;
    /** What the request was refused with. */
    refusedWith?: RefusalCode;
    /** What the route answers when we are at fault, where that is not the general answer. */
    failure?: RefusalCode;
  };
};

export type App = OpenAPIHono<AppEnv>;

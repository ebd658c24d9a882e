import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Deps, SecurityEvent } from '../domain/deps.ts';
import type { RefusalCode } from '../errors.ts';

/** Makes the dependencies of one request from the bindings of the Worker. Refuses with `misconfigured`. */
export type Wire = (env: Env, surroundings: Surroundings) => Deps;

/** What a dependency can do only in the request, cron or RPC call that it is made for. */
export type Surroundings = Pick<Deps, 'note' | 'report' | 'identify' | 'trace' | 'reportMail' | 'afterResponse'>;

/**
 * What the middleware of every request puts into `c.var`. Middleware reads it with `c.get`, since `c.var` copies all
 * variables at each use.
 */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Remarks and security events for the log line of the request. */
    notes: string[];
    securityEvents: SecurityEvent[];
    /** Set once the log line of the request is written. */
    isLogged?: boolean;
    /** The user whom the request is about, for its log line. */
    userId?: string;
    deps: Deps;
    /** The code that the request was refused with. */
    refusedWith?: RefusalCode;
    /** The code for a failure of ours on this route. Unset until a route has been found. */
    failure?: RefusalCode;
  };
};

export type App = OpenAPIHono<AppEnv>;

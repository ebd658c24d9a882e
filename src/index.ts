import { WorkerEntrypoint } from 'cloudflare:workers';
import { cleanUp } from './domain/clean-up.ts';
import { verify } from './domain/session/verify.ts';
import { codeOf, refusals, type RefusalCode } from './errors.ts';
import { createApp } from './http/app.ts';
import { describe, writeLine } from './log.ts';
import { wire } from './wire.ts';

const app = createApp(wire);

/** Deletes what nobody needs any more, and logs how much it was: as a warning when something is left. */
async function scheduled(_: ScheduledController, env: Env): Promise<void> {
  const job = 'clean_up';
  try {
    const { isComplete, ...deleted } = await cleanUp(depsOf(env));
    writeLine({ level: isComplete ? 'info' : 'warn', job, deleted, complete: isComplete });
  } catch (error) {
    writeLine({ level: 'error', job, ...describe(error) });
    throw error;
  }
}

export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Env>;

/** What other Workers are told of an access token: its claims, or why it is not to be let in. */
export type Verdict =
  { active: true; claims: Awaited<ReturnType<typeof verify>> } | { active: false; code: RefusalCode };

/** For other Workers, through a service binding with `entrypoint = "Verifier"`. */
export class Verifier extends WorkerEntrypoint<Env> {
  /**
   * Whether to let in the bearer of `accessToken`, as far as the edge knows: one KV read, no database. The codes
   * `expired_token`, `invalid_token` and `revoked_token` are about the token; any other is about us, and nobody can be let in.
   */
  async verify(accessToken: string): Promise<Verdict> {
    try {
      return { active: true, claims: await verify(depsOf(this.env), textOf(accessToken)) };
    } catch (error) {
      const code = codeOf(error);
      if (refusals[code].status >= 500) writeLine({ level: 'error', rpc: 'verify', code, ...describe(error) });
      return { active: false, code };
    }
  }
}

/** Treats anything but a string as an invalid token: over RPC anything may come, whatever the types say. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Dependencies for the cron and RPC, which have no request log line to add to. */
function depsOf(env: Env) {
  return wire(env, {
    note: (note) => writeLine({ level: 'info', note }),
    report: (event) => writeLine({ level: 'warn', security_events: [event] }),
  });
}

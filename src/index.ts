import { WorkerEntrypoint } from 'cloudflare:workers';
import { cleanUp } from './domain/clean-up.ts';
import { verify } from './domain/session/verify.ts';
import { codeOf, refusals, type RefusalCode } from './errors.ts';
import { createApp } from './http/app.ts';
import { describe, logMail, writeLine } from './log.ts';
import { wire } from './wire.ts';

const app = createApp(wire);

/** The cron: deletes what nobody needs any more, and logs how much. Logs a warning when some is left. */
async function scheduled(_: ScheduledController, env: Env, ctx: ExecutionContext): Promise<void> {
  const job = 'clean_up';
  try {
    const { isComplete, ...deleted } = await cleanUp(depsOf(env, ctx));
    writeLine({ level: isComplete ? 'info' : 'warn', job, deleted, complete: isComplete });
  } catch (error) {
    writeLine({ level: 'error', job, ...describe(error) });
    throw error;
  }
}

export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Env>;

/** What `verify` tells another Worker about an access token: its claims, or why its bearer is not let in. */
export type Verdict =
  { active: true; claims: Awaited<ReturnType<typeof verify>> } | { active: false; code: RefusalCode };

/** The RPC for other Workers: a service binding with `entrypoint = "Verifier"`. */
export class Verifier extends WorkerEntrypoint<Env> {
  /**
   * Tells whether to let in the bearer of `accessToken`: one KV read and no database. The codes `expired_token`,
   * `invalid_token` and `revoked_token` are about the token. Any other code is a failure of ours: let nobody in.
   */
  async verify(accessToken: string): Promise<Verdict> {
    try {
      return { active: true, claims: await verify(depsOf(this.env, this.ctx), textOf(accessToken)) };
    } catch (error) {
      const code = codeOf(error);
      if (refusals[code].status >= 500) writeLine({ level: 'error', rpc: 'verify', code, ...describe(error) });
      return { active: false, code };
    }
  }
}

/** RPC does not check types at run time. Anything but a string counts as an invalid token. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Dependencies for the cron and RPC, which have no request log line to add to. */
function depsOf(env: Env, ctx: Pick<ExecutionContext, 'waitUntil'>) {
  return wire(env, {
    note: (note) => writeLine({ level: 'info', note }),
    report: (event) => writeLine({ level: 'warn', security_events: [event] }),
    reportMail: logMail,
    afterResponse: (work) => ctx.waitUntil(work()),
  });
}

import { WorkerEntrypoint } from 'cloudflare:workers';
import { cleanUp } from './domain/clean-up.ts';
import type { Deps } from './domain/deps.ts';
import { deliverDue } from './domain/mail/deliver.ts';
import { parseScope } from './domain/oauth/requested-scope.ts';
import { type Place, verify } from './domain/session/verify.ts';
import { codeOf, Refusal, refusals, type RefusalCode } from './errors.ts';
import { createApp } from './http/app.ts';
import { describe, logMail, writeLine } from './log.ts';
import { wire } from './wire.ts';

const app = createApp(wire);

/** The cron of wrangler.toml that sends mails whose first try failed. The other one cleans up. */
const MAIL_CRON = '* * * * *';

/** The crons. Each writes a line of the log. A call by hand, which names no cron, does what both do. */
async function scheduled({ cron }: ScheduledController, env: Env, ctx: ExecutionContext): Promise<void> {
  const deps = () => depsOf(env, ctx);
  if (cron === MAIL_CRON || cron === '') await log('mail', async () => sendMails(deps()));
  if (cron !== MAIL_CRON) await log('clean_up', async () => deleteOver(deps()));
}

/** Sends the mails that are due. Says nothing when there are none. */
async function sendMails(deps: Deps) {
  const tried = await deliverDue(deps);
  return tried === 0 ? undefined : { level: 'info' as const, tried };
}

/** Deletes what nobody needs any more. Warns when some is left. */
async function deleteOver(deps: Deps) {
  const { isComplete, ...deleted } = await cleanUp(deps);
  return { level: isComplete ? ('info' as const) : ('warn' as const), deleted, complete: isComplete };
}

async function log(job: string, work: () => Promise<Parameters<typeof writeLine>[0] | undefined>): Promise<void> {
  try {
    const line = await work();
    if (line === undefined) return;
    const { level, ...rest } = line;
    writeLine({ level, job, ...rest });
  } catch (error) {
    writeLine({ level: 'error', job, ...describe(error) });
    throw error;
  }
}

export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Env>;

type Bearer = Awaited<ReturnType<typeof verify>>;

type WithKind<B> = B extends Bearer ? { kind: B['kind'] } & B['claims'] : never;

/** What `verify` tells another Worker about a token: its claims and whose it is, or why its bearer is not let in. */
export type Verdict = { active: true; claims: WithKind<Bearer> } | { active: false; code: RefusalCode };

/** What the place asks for that calls `verify`: scopes as a list or with spaces between them, and an audience. */
export type Asked = { scope?: string | readonly string[]; audience?: string };

/** The RPC for other Workers: a service binding with `entrypoint = "Verifier"`. */
export class Verifier extends WorkerEntrypoint<Env> {
  /**
   * Tells whether to let in the bearer of `token`. **A place that names no scope lets in people only**: the bearers of an
   * access token with a session. With a `scope`, machines and API keys get in too. An access token takes one KV read and
   * no database, an API key one round trip to the database.
   *
   * The codes `expired_token`, `invalid_token`, `revoked_token`, `invalid_api_key`, `user_required` and
   * `insufficient_scope` are about the token, and `invalid_request` is about `asked`. Any other code is a failure of ours.
   * Let nobody in with any of them.
   */
  async verify(token: string, asked: Asked = {}): Promise<Verdict> {
    try {
      const bearer = await verify(depsOf(this.env, this.ctx), textOf(token), placeOf(asked));
      return { active: true, claims: withKind(bearer) };
    } catch (error) {
      const code = codeOf(error);
      if (refusals[code].status >= 500) writeLine({ level: 'error', rpc: 'verify', code, ...describe(error) });
      return { active: false, code };
    }
  }
}

const withKind = (bearer: Bearer): WithKind<Bearer> =>
  bearer.kind === 'user' ? { ...bearer.claims, kind: 'user' } : { ...bearer.claims, kind: 'machine' };

/** RPC does not check types at run time. Anything but a string counts as an invalid token. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Refuses with `invalid_request` what names no scope where it seems to: a mistyped `scopes`, or a scope that is missing. */
function placeOf(asked: unknown): Place {
  if (!isAsked(asked)) throw new Refusal('invalid_request', { reason: 'something else than scope and audience' });
  const { scope, audience } = asked;
  const text = Array.isArray(scope) ? scope.join(' ') : scope;
  const scopes = 'scope' in asked ? parseScope(textOf(text)) : [];
  if (scopes === undefined || !(audience === undefined || typeof audience === 'string'))
    throw new Refusal('invalid_request', { reason: 'a scope or an audience is not one' });
  return { scopes, audience };
}

function isAsked(value: unknown): value is { scope?: unknown; audience?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every((name) => name === 'scope' || name === 'audience');
}

/** A cron and an RPC call come from nowhere. */
const NOWHERE = { requestId: null, addressPrefix: null, country: null, userAgent: null };

/** Dependencies for the cron and RPC, which have no request log line to add to. */
function depsOf(env: Env, ctx: Pick<ExecutionContext, 'waitUntil'>) {
  return wire(env, {
    note: (note) => writeLine({ level: 'info', note }),
    report: (event) => writeLine({ level: 'warn', security_events: [event] }),
    identify: () => undefined,
    trace: () => NOWHERE,
    reportMail: logMail,
    afterResponse: (work) => ctx.waitUntil(work()),
  });
}

import { Failure } from '../command.ts';

/** A new route or certificate takes a moment, and a new version takes a few seconds to be everywhere. */
const TRIES = 24;
const PAUSE_MS = 5000;
const LIMIT_MS = 10_000;

export type Asking = { fetch: typeof fetch; sleep: (ms: number) => Promise<unknown> };

/** Asks `/ready` at `issuer` until it responds 200, for about two minutes. Throws a `Failure` with the last outcome. */
export async function waitUntilReady(issuer: string, { fetch, sleep }: Asking): Promise<void> {
  let outcome = '';
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) await sleep(PAUSE_MS);
    outcome = await askOnce(`${issuer}/ready`, fetch);
    if (outcome === 'responded 200') return;
  }
  throw new Failure(`${issuer}/ready ${outcome}.
The code is deployed. A certificate for a new domain can take several minutes: \`curl -i ${issuer}/ready\` asks again.
After a 503, \`npx wrangler tail\` shows the reason in the log.`);
}

async function askOnce(url: string, ask: typeof fetch): Promise<string> {
  try {
    const { status } = await ask(url, { redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    return `responded ${status}`;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    return `did not respond${code}`;
  }
}

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wire } from '../../../src/wire.ts';
import { RANGE, startRanges } from '../../support/ranges.ts';
import { silent, startClock, startService, tokensOf } from '../../support/service.ts';
import { watchDatabase, watchDenylist } from '../../support/storage.ts';

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const session = { id: '', userId: '', userVersion: 0 };

/** For `watchDatabase`: the database does its work, and its response is lost. */
const loseResponse = () => () => {
  throw new Error('lost');
};

describe('a refresh whose response was lost', () => {
  it('succeeds when it is repeated after the time that Retry-After names', async () => {
    const clock = startClock();
    const deps = { now: clock.now };
    const { refresh } = tokensOf(await startService({ deps }).register());
    clock.pass(60);
    const lost = await startService({ deps, env: watchDatabase(loseResponse) }).refresh(refresh);
    expect(lost).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });

    clock.pass(10 + Number(lost.headers.get('retry-after')));
    const deployed = startService({ deps, env: { REFRESH_GRACE_SECONDS: undefined } });
    expect(await deployed.refresh(refresh)).toMatchObject({ status: 200 });
    expect(await deployed.register()).toMatchObject({ status: 202 });
  });
});

describe('a write to KV', () => {
  it('is not repeated when KV does not respond', async () => {
    const { access } = tokensOf(await startService().register());
    const puts: string[] = [];
    const DENYLIST = watchDenylist(async ({ operation, keys }) => {
      if (operation !== 'put') return;
      puts.push(...keys);
      await new Promise(() => undefined);
    });
    const response = await startService({ env: { DENYLIST }, timing: { denylistWriteMs: 30 } }).logOut(access);
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(puts).toHaveLength(1);
  });

  it('is repeated once after more than a second in a deployment, because KV takes one write of a key in a second', async () => {
    const pauses: unknown[] = [];
    vi.spyOn(scheduler, 'wait').mockImplementation(async (ms) => void pauses.push(ms));
    let attempts = 0;
    const DENYLIST = watchDenylist(() => {
      attempts += 1;
      if (attempts === 1) throw new Error('KV PUT failed: 429 Too Many Requests');
    });
    await wire({ ...env, DENYLIST }, silent).denylist.addSession('a session', 900);
    expect(attempts).toBe(2);
    expect(pauses).toEqual([1100]);
  });
});

describe('a deadline', () => {
  it('leaves no timer behind when the response comes in time', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    await wire(env, silent).denylist.isDenylisted(session);
    const timers = set.mock.results.map(({ value }): unknown => value);
    expect(timers).toHaveLength(1);
    expect(clear.mock.calls).toEqual([timers]);
  });

  it('is 10 s for the database, 3 s for KV, 1 s for a rate limiter and 10 s for the breach check in a deployment', async () => {
    const { sessions, denylist, limiter, breachedPasswords } = wire({ ...env, RATE_LIMITS: 'on' }, silent);
    const timers = vi.spyOn(globalThis, 'setTimeout');
    startRanges(() => new Response(RANGE));
    await sessions.probe();
    await denylist.isDenylisted(session);
    await limiter.take('other', 'somebody');
    await breachedPasswords.findSuffixes('00000');
    expect(timers.mock.calls.map(([, ms]) => ms)).toEqual([10_000, 3000, 1000, 10_000]);
  });
});

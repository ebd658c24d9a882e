import { describe, expect, it, vi } from 'vitest';
import { openLocation } from '../support/edge-kv.ts';
import { bindProduction } from '../support/production.ts';
import { startClock, startService, tokensOf } from '../support/service.ts';
import { fail, watchDenylist } from '../support/storage.ts';
import { asOneRequest, spendSubrequests } from '../support/subrequests.ts';

const hour = { expirationTtl: 3600 };

describe('PBKDF2 in the tests, as in production,', () => {
  const capped = 'iteration counts above 100000';
  const salt = new TextEncoder().encode('salt');
  const algorithmOf = (iterations: number) => ({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations });
  const importKey = () => crypto.subtle.importKey('raw', salt, 'PBKDF2', false, ['deriveBits', 'deriveKey']);

  it('derives bits with 100,000 iterations and not with one more', async () => {
    const key = await importKey();
    expect(await crypto.subtle.deriveBits(algorithmOf(100_000), key, 256)).toHaveProperty('byteLength', 32);
    await expect(crypto.subtle.deriveBits(algorithmOf(100_001), key, 256)).rejects.toThrow(capped);
  });

  it('derives a key with 100,000 iterations and not with one more', async () => {
    const key = await importKey();
    const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
    const derive = (iterations: number) => crypto.subtle.deriveKey(algorithmOf(iterations), key, hmac, false, ['sign']);
    expect(await derive(100_000)).toMatchObject({ type: 'secret' });
    await expect(derive(100_001)).rejects.toThrow(capped);
  });
});

describe('KV in the tests, as in production,', () => {
  it('refuses an entry that lives for less than a minute', async () => {
    const here = openLocation();
    await expect(here.put('ttl', '', { expirationTtl: 59 })).rejects.toThrow(/^KV PUT failed: 400 /);
    expect(await here.get(['ttl'])).toEqual(new Map([['ttl', null]]));
    await openLocation({ writeIntervalMs: 0 }).put('ttl', '', { expirationTtl: 60 });
  });

  it('refuses a key of more than 512 bytes', async () => {
    const here = openLocation();
    const longest = 'é'.repeat(256);
    await here.put(longest, 'a', hour);
    expect(await here.get([longest])).toEqual(new Map([[longest, 'a']]));
    await expect(here.put(`${longest}a`, 'a', hour)).rejects.toThrow(/^KV PUT failed: 414 /);
    await expect(here.get([`${longest}a`])).rejects.toThrow('KV GET_BULK failed');
  });

  it('reads at most 100 keys at once', async () => {
    const here = openLocation();
    const keys = Array.from({ length: 101 }, (_, number) => `key ${number}`);
    expect((await here.get(keys.slice(1))).size).toBe(100);
    await expect(here.get(keys)).rejects.toThrow('maximum of 100 keys');
  });

  it('caches a read for 30 seconds or more', async () => {
    const here = openLocation();
    await expect(here.get(['ttl'], { cacheTtl: 29 })).rejects.toThrow('Cache TTL must be at least 30');
    await here.get(['ttl'], { cacheTtl: 30 });
  });

  it('shows each location for a minute what it last read there, hit or miss, even where the key is written', async () => {
    const { now, pass } = startClock();
    const here = openLocation({ now, writeIntervalMs: 0 });
    const elsewhere = openLocation({ now, writeIntervalMs: 0 });
    expect(await here.get(['lag'])).toEqual(new Map([['lag', null]]));
    await here.put('lag', 'first', hour);
    expect(await elsewhere.get(['lag'])).toEqual(new Map([['lag', 'first']]));
    await here.put('lag', 'second', hour);
    pass(59.999);
    expect(await here.get(['lag'])).toEqual(new Map([['lag', null]]));
    expect(await elsewhere.get(['lag'])).toEqual(new Map([['lag', 'first']]));
    pass(0.001);
    expect(await here.get(['lag'])).toEqual(new Map([['lag', 'second']]));
    expect(await elsewhere.get(['lag'])).toEqual(new Map([['lag', 'second']]));
  });

  it('expires an entry by the clock of the service', async () => {
    const { now, pass } = startClock();
    await openLocation({ now }).put('life', '', { expirationTtl: 90 });
    pass(89.999);
    expect(await openLocation({ now }).get(['life'])).toEqual(new Map([['life', '']]));
    pass(0.001);
    expect(await openLocation({ now }).get(['life'])).toEqual(new Map([['life', null]]));
  });

  it('accepts one write per second and key from all locations together', async () => {
    await openLocation().put('rate', '', hour);
    await expect(openLocation().put('rate', '', hour)).rejects.toThrow('KV PUT failed: 429 Too Many Requests');
    await openLocation().put('another rate', '', hour);
    const later = Date.now() + 1001;
    vi.spyOn(Date, 'now').mockReturnValue(later);
    await openLocation().put('rate', '', hour);
    vi.restoreAllMocks();
  });

  it.each([true, false])('serves every service under test, watched or not: %s', async (isWatched) => {
    const clock = startClock();
    const replaced = isWatched ? { env: { DENYLIST: watchDenylist(() => undefined) } } : {};
    const { register, verify, logOut } = startService({ ...replaced, deps: { now: clock.now } });
    const { access } = tokensOf(await register());
    expect(await verify(access)).toMatchObject({ status: 204 });
    await logOut(access);
    clock.pass(59);
    expect(await verify(access)).toMatchObject({ status: 204 });
    clock.pass(1);
    expect(await verify(access)).toMatchObject({ status: 401 });
  });
});

describe('a request in the tests, as in production,', () => {
  const { DB, DENYLIST } = bindProduction();
  const tooMany = 'Too many API requests by single Worker invocation.';

  /** Makes `count` subrequests and then `more`, as one request. */
  const makeAfter = (count: number, more: () => Promise<unknown>) =>
    asOneRequest(async () => {
      spendSubrequests(count);
      return more();
    });

  it.each<[string, () => Promise<unknown>]>([
    ['reads of KV', () => DENYLIST.get(['sid:'])],
    ['writes of KV', () => DENYLIST.put(crypto.randomUUID(), '', hour)],
    ['statements', () => DB.prepare('SELECT 1').all()],
    ['fetches', () => fetch('data:,')],
  ])('makes at most a thousand %s', async (_, subrequest) => {
    await makeAfter(999, subrequest);
    await expect(makeAfter(1000, subrequest)).rejects.toThrow(tooMany);
  });

  it('makes at most a thousand subrequests of all kinds, where failed ones and each statement of a batch count', async () => {
    const broken = bindProduction({ DENYLIST: watchDenylist(fail) }).DENYLIST;
    const makeFour = async () => {
      await broken.put('a', '', hour).catch(() => undefined);
      await fetch('data:,');
      await DB.batch([DB.prepare('SELECT 1'), DB.prepare('SELECT 2')]);
    };
    await makeAfter(996, makeFour);
    await expect(makeAfter(997, makeFour)).rejects.toThrow(tooMany);
  });

  it('has a count of its own for each call of a service', async () => {
    const { call } = startService();
    const responses = await makeAfter(1000, () => Promise.all([call('/ready'), call('/ready')]));
    expect(responses).toMatchObject([{ status: 200 }, { status: 200 }]);
  });
});

describe('D1 in the tests, as in production,', () => {
  const { DB } = bindProduction();

  it('binds at most a hundred parameters', async () => {
    const selectAll = (count: number) => {
      const values = Array.from({ length: count }, (_, number) => number);
      return DB.prepare(`SELECT 1 WHERE 1 IN (${values.map(() => '?').join()})`).bind(...values);
    };
    expect((await selectAll(100).all()).results).toHaveLength(1);
    await expect(selectAll(101).all()).rejects.toThrow('too many SQL variables');
  });

  it('accepts statements of at most 100 KB', async () => {
    const run = (length: number) => DB.prepare('SELECT 1'.padEnd(length)).all();
    expect(await run(100_000)).toMatchObject({ success: true });
    await expect(run(100_001)).rejects.toThrow('statement too long');
  });

  it('accepts strings and blobs of at most 2 MB', async () => {
    const measure = (value: unknown) => DB.prepare('SELECT length(?) n').bind(value).all();
    expect(await measure('é'.repeat(1_000_000))).toMatchObject({ results: [{ n: 1_000_000 }] });
    expect(() => measure(`${'é'.repeat(1_000_000)}a`)).toThrow('too big');
    expect(await measure(new ArrayBuffer(2_000_000))).toMatchObject({ results: [{ n: 2_000_000 }] });
    expect(() => measure(new ArrayBuffer(2_000_001))).toThrow('too big');
    expect(await measure(null)).toMatchObject({ results: [{ n: null }] });
  });
});

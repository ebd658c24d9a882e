import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { requireCaller, requireRecent, requireUser, type UserEnv } from '../../../packages/client/src/hono.ts';
import { createVerifier, isRecent, type Recency } from '../../../packages/client/src/verify.ts';
import {
  asIfUser,
  bearers,
  clockAfter,
  missing,
  noRecency,
  read,
  stale,
  staleOrWeak,
  user,
  verdictOf,
} from './responses.ts';
import { makeKey, now, parties } from './tokens.ts';

const headers = { authorization: 'Bearer a.b.c' };
const strong = { acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] };

describe('a user is recent', () => {
  it.each<[number, Recency, object]>([
    [0, {}, {}],
    [600, {}, {}],
    [3600, { maxAgeSeconds: 3600 }, {}],
    [0, { acr: 'aal2' }, strong],
    [600, { acr: 'aal2' }, strong],
    // The clock of the back end is behind.
    [-30, {}, {}],
  ])('%i seconds after the authentication, for %j', (seconds, options, claims) => {
    expect(isRecent({ ...user, ...claims }, { ...options, now: clockAfter(seconds) })).toBe(true);
  });

  it.each<[number, Recency, object]>([
    [601, {}, {}],
    [61, { maxAgeSeconds: 60 }, {}],
    [0, { acr: 'aal2' }, {}],
    [601, { acr: 'aal2' }, strong],
    [0, { acr: 'aal2' }, { acr: 'aal1', amr: strong.amr }],
    [0, { acr: 'aal2' }, { acr: undefined, amr: strong.amr }],
    [0, {}, { auth_time: undefined }],
    [0, {}, { auth_time: String(user.auth_time) }],
    [0, {}, { auth_time: Number.NaN }],
    [0, {}, { sid: undefined }],
  ])('not %i seconds after it, for %j and the claims %j', (seconds, options, claims) => {
    const person = { ...user };
    Object.assign(person, claims);
    expect(isRecent(person, { ...options, now: clockAfter(seconds) })).toBe(false);
  });

  it.each(bearers.slice(1))('but never %s', (_, claims) => {
    const told = { ...claims, auth_time: user.auth_time, ...strong };
    expect(isRecent(asIfUser(told), { now: clockAfter(0) })).toBe(false);
  });

  it('never by a token that does not tell, as of an older Latchkey', async () => {
    const { jwk, sign } = await makeKey();
    const token = await sign({ claims: { auth_time: undefined, acr: undefined, amr: undefined } });
    const verdict = await createVerifier({ ...parties, jwks: { keys: [jwk] }, now }).verify(token);
    if (!verdict.active) throw new Error(verdict.code);
    expect(isRecent(verdict.claims, { maxAgeSeconds: 31_536_000, now })).toBe(false);
  });

  it('by the clock of the platform where none is given', () => {
    const seconds = Math.floor(Date.now() / 1000);
    expect(isRecent({ ...user, auth_time: seconds })).toBe(true);
    expect(isRecent({ ...user, auth_time: seconds - 700 })).toBe(false);
  });

  it.each(noRecency)('is a TypeError for %j', (options) => {
    expect(() => void Reflect.apply(isRecent, undefined, [user, options])).toThrow(TypeError);
  });
});

describe('requireRecent for Hono', () => {
  function startWith(options: Recency, claims: object = {}) {
    const { verifier } = verdictOf({ active: true, claims: { ...user, ...claims } });
    const app = new Hono<UserEnv>();
    app.use(requireUser(verifier), requireRecent(options));
    return app.get('/me', (c) => c.text(c.var.user.sub));
  }

  it('lets on a user who has just authenticated, and asks who has no token for one first', async () => {
    const app = startWith({ now: clockAfter(600) });
    expect(await (await app.request('/me', { headers })).text()).toBe(user.sub);
    expect(await read(await app.request('/me'))).toEqual(missing);
    const strict = startWith({ acr: 'aal2', now: clockAfter(600) }, strong);
    expect(await (await strict.request('/me', { headers })).text()).toBe(user.sub);
  });

  it('asks a user to authenticate again who did so too long ago', async () => {
    const app = startWith({ now: clockAfter(601) });
    expect(await read(await app.request('/me', { headers }))).toEqual(stale());
    const hasty = startWith({ maxAgeSeconds: 60, now: clockAfter(61) });
    expect(await read(await hasty.request('/me', { headers }))).toEqual(stale(60));
  });

  it('asks a user for two factors who has shown one', async () => {
    const app = startWith({ acr: 'aal2', now: clockAfter(0) });
    expect(await read(await app.request('/me', { headers }))).toEqual(staleOrWeak);
  });

  it('lets nobody on when no requireUser is in front of it', async () => {
    const { verifier } = verdictOf({ active: true, claims: user });
    const app = new Hono<UserEnv>();
    app.onError((error, c) => c.text(error.message, 500));
    app.get('/alone', requireRecent(), (c) => c.text('let in'));
    app.get('/caller', requireCaller(verifier, 'api'), requireRecent(), (c) => c.text('let in'));
    for (const path of ['/alone', '/caller']) {
      const response = await app.request(path, { headers });
      const message = 'requireRecent needs requireUser in front of it.';
      expect([response.status, await response.text()]).toEqual([500, message]);
    }
  });

  it.each(noRecency)('that is told %j is a TypeError at once', (options) => {
    expect(() => void Reflect.apply(requireRecent, undefined, [options])).toThrow(TypeError);
  });
});

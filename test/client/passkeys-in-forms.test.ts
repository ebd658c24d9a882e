import type { Latchkey } from 'latchkey-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Fault, refusal, respond } from '../support/client.ts';
import { wait } from '../support/page-passkeys.ts';
import { joe } from '../support/service.ts';
import { bytes, give, LOGIN, openWithPasskey, OPTIONS, request } from './passkey-scene.ts';
import { challenge, keptIn, loginFor } from './tokens.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a login by a passkey in a form', () => {
  it('waits for the user without a dialog', async () => {
    const { latchkey, meet, asked, paths, store } = await openWithPasskey();
    expect([await latchkey.canUsePasskeys(), await latchkey.canUsePasskeys({ conditional: true })]).toEqual([
      true,
      true,
    ]);
    meet(give(request), respond(200, loginFor('s2')));
    await latchkey.logInWithPasskey({ conditional: true });
    expect(asked).toMatchObject([{ mediation: 'conditional', publicKey: { allowCredentials: [] } }]);
    expect(paths.slice(0, 2)).toEqual([OPTIONS, LOGIN]);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's2' });
  });

  it('is unavailable where the browser would open a dialog', async () => {
    const { latchkey, asked } = await openWithPasskey({ conditional: false });
    expect([await latchkey.canUsePasskeys(), await latchkey.canUsePasskeys({ conditional: true })]).toEqual([
      true,
      false,
    ]);
    const attempt = latchkey.logInWithPasskey({ conditional: true });
    await expect(attempt).rejects.toMatchObject({ code: 'passkeys_unavailable' });
    expect(asked).toEqual([]);
  });

  it.each<[string, (latchkey: Latchkey) => Promise<unknown>, Fault[]]>([
    ['another one', (latchkey) => latchkey.logInWithPasskey(), [give(request), respond(200, loginFor('s2'))]],
    [
      'a second factor',
      (latchkey) => latchkey.logInWithFactor({ ...challenge, passkeyOptions: request }, { passkey: true }),
      [respond(200, loginFor('s2'))],
    ],
    ['a login with a password', (latchkey) => latchkey.logIn(joe), [respond(200, loginFor('s2'))]],
  ])('ends when %s begins', async (_, call, answers) => {
    const { latchkey, meet, meanwhile, asked, store } = await openWithPasskey();
    meanwhile(wait);
    meet(give(request));
    const waiting = latchkey.logInWithPasskey({ conditional: true });
    const end = waiting.catch((error: unknown) => error);
    await expect.poll(() => asked.length).toBe(1);
    meet(...answers);
    await call(latchkey);
    expect(await end).toMatchObject({ code: 'passkey_cancelled' });
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's2' });
  });

  it('goes on when a password is wrong', async () => {
    const { latchkey, meet, meanwhile, asked } = await openWithPasskey();
    const stop = new AbortController();
    meanwhile(wait);
    meet(give(request));
    const waiting = latchkey.logInWithPasskey({ conditional: true, signal: stop.signal });
    const end = waiting.catch((error: unknown) => error);
    await expect.poll(() => asked.length).toBe(1);
    meet(respond(404, refusal('invalid_credentials')));
    await expect(latchkey.logIn(joe)).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(asked[0]?.signal.aborted).toBe(false);
    stop.abort('The form is gone.');
    expect(await end).toMatchObject({ code: 'passkey_cancelled', cause: 'The form is gone.' });
  });

  it('does not begin when it was ended before the service has answered', async () => {
    const { latchkey, meet, asked } = await openWithPasskey();
    const stop = new AbortController();
    meet(async () => {
      stop.abort();
      return give(request)();
    });
    const attempt = latchkey.logInWithPasskey({ conditional: true, signal: stop.signal });
    await expect(attempt).rejects.toMatchObject({ code: 'passkey_cancelled' });
    expect(asked).toEqual([]);
  });

  it('asks the service anew before its challenge expires', async () => {
    const { latchkey, meet, meanwhile, asked, paths, store } = await openWithPasskey();
    const rounds: AbortController[] = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const round = new AbortController();
      if (ms === 540_000) rounds.push(round);
      return round.signal;
    });
    meanwhile(wait);
    meet(give(request), give({ ...request, challenge: 'bmV3' }), respond(200, loginFor('s2')));
    const waiting = latchkey.logInWithPasskey({ conditional: true });
    await expect.poll(() => asked.length).toBe(1);
    rounds[0]?.abort();
    await waiting;
    vi.restoreAllMocks();
    expect(asked.map(({ publicKey }) => publicKey['challenge'])).toEqual([bytes('half-a-login'), bytes('new')]);
    expect(paths.slice(0, 3)).toEqual([OPTIONS, OPTIONS, LOGIN]);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's2' });
  });
});

import { base64url } from 'jose';
import type { Latchkey } from 'latchkey-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startBrowser } from '../support/page-passkeys.ts';
import { lose, refusal, respond } from '../support/client.ts';
import { joe } from '../support/service.ts';
import {
  added,
  bytes,
  creation,
  give,
  LOGIN,
  open,
  openWithPasskey,
  OPTIONS,
  passkey,
  request,
} from './passkey-scene.ts';
import { challenge, keptIn, loginFor, tokensFor } from './tokens.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a passkey that is added', () => {
  it('is made by the browser as the service asks, and sent in JSON', async () => {
    const { asked, held } = startBrowser();
    const { latchkey, meet, note, paths, sent } = await open();
    meet(give(creation), note({ ...added, recovery_codes: ['AAAA'] }));
    expect(await latchkey.addPasskey({ name: 'Phone' })).toEqual({ recoveryCodes: ['AAAA'], passkey });
    expect(paths).toEqual(['POST /auth/factors/passkeys/options', 'POST /auth/factors/passkeys']);
    expect(asked).toMatchObject([
      {
        publicKey: {
          challenge: bytes('new'),
          rp: creation.rp,
          user: { id: bytes('joe'), name: joe.email, displayName: joe.email },
          pubKeyCredParams: creation.pubKeyCredParams,
          timeout: 600_000,
          excludeCredentials: [{ type: 'public-key', id: new Uint8Array([1, 2, 3]) }],
          authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
          attestation: 'none',
        },
      },
    ]);
    const id = held[0]?.id;
    const response = { clientDataJSON: expect.any(String), attestationObject: expect.any(String) };
    expect(sent).toEqual([
      {
        name: 'Phone',
        passkey: {
          id,
          rawId: id,
          type: 'public-key',
          clientExtensionResults: {},
          response: { ...response, transports: ['internal'] },
        },
      },
    ]);
  });

  it('with the challenge of a login begins a session', async () => {
    startBrowser();
    const { latchkey, meet, note, sent, store } = await open();
    meet(note({ status: 'success', data: creation }), note({ ...added, ...loginFor('s7') }));
    await latchkey.addPasskey({}, challenge);
    expect(sent).toMatchObject([{ challenge_token: 'half-a-login' }, { challenge_token: 'half-a-login', passkey: {} }]);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's7' });
  });

  it('is not made when the authentication is too old', async () => {
    const { asked } = startBrowser();
    const { latchkey, meet } = await open();
    meet(respond(401, refusal('insufficient_user_authentication')));
    await expect(latchkey.addPasskey()).rejects.toMatchObject({ code: 'insufficient_user_authentication' });
    expect(asked).toEqual([]);
  });

  it('is taken when the browser has one of the account', async () => {
    const { latchkey, held, meet, paths } = await openWithPasskey();
    const excludeCredentials = held.map(({ id }) => ({ type: 'public-key', id }));
    meet(give({ ...creation, excludeCredentials }));
    await expect(latchkey.addPasskey()).rejects.toMatchObject({ code: 'passkey_taken', status: undefined });
    expect(paths).toEqual(['POST /auth/factors/passkeys/options']);
  });

  it('is not called taken when it was perhaps added', async () => {
    startBrowser();
    const { latchkey, meet } = await open();
    meet(give(creation), () => lose(respond(201, added)), respond(409, refusal('passkey_taken')));
    await expect(latchkey.addPasskey()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it.each([
    ['no challenge', { challenge: undefined }],
    ['a challenge that is none', { challenge: 'a b' }],
    ['no user', { user: undefined }],
    ['a user without bytes', { user: { ...creation.user, id: 7 } }],
    ['no relying party', { rp: { name: 'Latchkey' } }],
    ['an algorithm without a number', { pubKeyCredParams: [{ type: 'public-key' }] }],
  ])('is not made for %s', async (_, fields) => {
    const { asked } = startBrowser();
    const { latchkey, meet } = await open();
    meet(give({ ...creation, ...fields }));
    await expect(latchkey.addPasskey()).rejects.toMatchObject({ code: 'unexpected_response' });
    expect(asked).toEqual([]);
  });
});

describe('a login by a passkey', () => {
  it('asks the browser as the service asks, and sends the assertion in JSON', async () => {
    const { latchkey, meet, note, asked, held, paths, sent, store } = await openWithPasskey();
    meet(give(request), note(loginFor('s2')));
    await latchkey.logInWithPasskey();
    expect(paths.slice(0, 2)).toEqual([OPTIONS, LOGIN]);
    const publicKey = { challenge: bytes('half-a-login'), rpId: 'localhost', timeout: 600_000 };
    expect(asked).toMatchObject([{ publicKey: { ...publicKey, userVerification: 'required', allowCredentials: [] } }]);
    expect(asked[0]).not.toHaveProperty('mediation');
    const id = held[0]?.id;
    const text = expect.any(String);
    const response = { clientDataJSON: text, authenticatorData: text, signature: text, userHandle: 'am9l' };
    const assertion = { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
    expect(sent).toEqual([{ passkey: assertion }]);
    expect(keptIn(store.text)).toMatchObject({ sessionId: 's2' });
  });

  it('that was begun with a password names the passkeys of the account', async () => {
    const { latchkey, meet, note, asked, held, sent } = await openWithPasskey();
    const ids = held.map(({ id }) => id);
    const allowCredentials = ids.map((id) => ({ type: 'public-key', id, transports: ['internal', 'smoke-signal'] }));
    meet(note(loginFor('s2')));
    const passkeyOptions = { ...request, allowCredentials };
    await latchkey.logInWithFactor({ ...challenge, passkeyOptions }, { passkey: true });
    const [id] = held.map(({ id }) => base64url.decode(id));
    const allowed = [{ type: 'public-key', id, transports: ['internal'] }];
    expect(asked).toMatchObject([{ publicKey: { allowCredentials: allowed } }]);
    expect(sent).toMatchObject([{ challenge_token: 'half-a-login', passkey: { id: ids[0] } }]);
  });

  it('that the account cannot have is a wrong call', async () => {
    const { latchkey, asked } = await openWithPasskey();
    const attempt = latchkey.logInWithFactor({ ...challenge, passkeyOptions: undefined }, { passkey: true });
    await expect(attempt).rejects.toBeInstanceOf(TypeError);
    expect(asked).toEqual([]);
  });

  it('proves again who is logged in', async () => {
    const { latchkey, meet, note, paths, store } = await openWithPasskey();
    const newer = tokensFor('s1', { auth_time: 7 });
    meet(give(request), note({ status: 'success', ...newer }));
    await latchkey.reauthenticate({ passkey: true });
    expect(paths).toEqual([OPTIONS, 'POST /auth/reauthenticate']);
    expect(keptIn(store.text)).toMatchObject({ accessToken: newer.auth_token });
  });

  it.each(['NotAllowedError', 'AbortError'])('is cancelled by a user who chooses none (%s)', async (name) => {
    const { latchkey, meet, meanwhile, paths, store } = await openWithPasskey();
    const cause = new DOMException('No.', name);
    const { text } = store;
    meanwhile(() => Promise.reject(cause));
    meet(give(request));
    const attempt = latchkey.logInWithPasskey();
    await expect(attempt).rejects.toMatchObject({ code: 'passkey_cancelled', cause });
    expect([paths, store.text]).toEqual([[OPTIONS], text]);
  });

  it('is cancelled where the browser gives nothing', async () => {
    const { latchkey, meet, meanwhile } = await openWithPasskey();
    meanwhile(() => Promise.resolve(null));
    meet(give(request));
    await expect(latchkey.logInWithPasskey()).rejects.toMatchObject({ code: 'passkey_cancelled' });
  });

  it('is unavailable where the browser refuses the page', async () => {
    const { latchkey, meet, meanwhile } = await openWithPasskey();
    const cause = new DOMException('The relying party ID is not a suffix of the domain.', 'SecurityError');
    meanwhile(() => Promise.reject(cause));
    meet(give(request));
    await expect(latchkey.logInWithPasskey()).rejects.toMatchObject({ code: 'passkeys_unavailable', cause });
  });

  it.each<[string, (latchkey: Latchkey) => Promise<unknown>]>([
    ['a login', (latchkey) => latchkey.logInWithPasskey()],
    ['a login in a form', (latchkey) => latchkey.logInWithPasskey({ conditional: true })],
    ['the second factor', (latchkey) => latchkey.logInWithFactor(challenge, { passkey: true })],
    ['a proof', (latchkey) => latchkey.reauthenticate({ passkey: true })],
    ['a new passkey', (latchkey) => latchkey.addPasskey()],
  ])('is unavailable for %s without WebAuthn, and nothing is sent', async (_, call) => {
    const { latchkey, paths } = await open();
    expect(await latchkey.canUsePasskeys()).toBe(false);
    expect(await latchkey.canUsePasskeys({ conditional: true })).toBe(false);
    await expect(call(latchkey)).rejects.toMatchObject({ code: 'passkeys_unavailable' });
    expect(paths).toEqual([]);
  });
});

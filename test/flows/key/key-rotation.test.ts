import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { generate, type KeySet, retire, rotate } from '../../../scripts/ops/key-set.ts';
import { newSigningKey } from '../../../scripts/secrets/fresh.ts';
import { startClock, startService, tokensOf } from '../../support/service.ts';

const clock = startClock();
const invalid = { status: 401, body: { code: 'invalid_token' } };

/** Starts a verifier that caches the published keys for ten minutes, as Cache-Control allows. */
function startVerifier() {
  let kept: { keys: Parameters<typeof createLocalJWKSet>[0]['keys']; until: number } | undefined;
  return async (token: string, service: ReturnType<typeof startService>) => {
    if (kept === undefined || kept.until <= clock.now().getTime()) {
      const { body, headers } = await service.call('/.well-known/jwks.json');
      const [, maxAge = '0'] = /max-age=(\d+)/.exec(headers.get('cache-control') ?? '') ?? [];
      const keys = Array.isArray(body['keys']) ? body['keys'] : [];
      kept = { keys, until: clock.now().getTime() + Number(maxAge) * 1000 };
    }
    return jwtVerify(token, createLocalJWKSet({ keys: kept.keys }), { currentDate: clock.now() });
  };
}

const serve = (set: KeySet) =>
  startService({
    deps: { now: clock.now },
    env: { SIGNING_KEYS: JSON.stringify(set), ACCESS_TOKEN_TTL_SECONDS: '900' },
  });

describe('a key rotation', () => {
  it('refuses no valid token at any step, here or at other verifiers, and refuses those of a retired key', async () => {
    const verifyElsewhere = startVerifier();
    const alive: { token: string; expiresAt: number }[] = [];

    /** Issues a token every 150 s. The service and the other verifier must accept it and all earlier unexpired ones. */
    async function issueAndVerify(set: KeySet, seconds: number) {
      const service = serve(set);
      for (let passed = 0; passed < seconds; passed += 150) {
        const { access } = tokensOf(
          passed === 0 && alive.length === 0 ? await service.register() : await service.logIn(),
        );
        alive.push({ token: access, expiresAt: clock.now().getTime() + 900_000 });
        for (const { token, expiresAt } of alive) {
          if (expiresAt - 1000 <= clock.now().getTime()) continue;
          expect(await service.status(token)).toMatchObject({ status: 200 });
          expect(await service.verify(token)).toMatchObject({ status: 204 });
          await expect(verifyElsewhere(token, service)).resolves.toBeDefined();
        }
        clock.pass(150);
      }
    }

    const first = generate(undefined, await newSigningKey('ES256'));
    await issueAndVerify(first, 900);
    const announced = generate(first, await newSigningKey('EdDSA'));
    await issueAndVerify(announced, 600);
    const rotated = rotate(announced);
    await issueAndVerify(rotated, 300);
    const { access: ofOldKey } = tokensOf(await serve(announced).logIn());
    await issueAndVerify(rotate(rotated), 150);
    await issueAndVerify(rotated, 900);
    const retired = retire(rotated);
    await issueAndVerify(retired, 300);

    clock.pass(-1050);
    expect(await serve(rotated).status(ofOldKey)).toMatchObject({ status: 200 });
    expect(await serve(retired).status(ofOldKey)).toMatchObject(invalid);
    expect(await serve(retired).verify(ofOldKey)).toMatchObject(invalid);
  });

  it('makes other verifiers refuse a new key that signs before it was published long enough', async () => {
    const verifyElsewhere = startVerifier();
    const first = generate(undefined, await newSigningKey('ES256'));
    await verifyElsewhere(tokensOf(await serve(first).register()).access, serve(first));
    const rotated = rotate(generate(first, await newSigningKey('ES256')));
    const { access } = tokensOf(await serve(rotated).logIn());
    await expect(verifyElsewhere(access, serve(rotated))).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    clock.pass(600);
    await expect(verifyElsewhere(access, serve(rotated))).resolves.toBeDefined();
  });
});

import { pbkdf2Sync } from 'node:crypto';
import { assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { pbkdf2Sha256 } from '../../../src/crypto/legacy/pbkdf2-wasm.ts';
import module from '../../../src/crypto/modules/pbkdf2.wasm';

const bytes = (text: string) => new TextEncoder().encode(text);
const expected = (secret: Uint8Array, salt: Uint8Array, iterations: number) =>
  new Uint8Array(pbkdf2Sync(secret, salt, iterations, 32, 'sha256'));

describe('PBKDF2 in WebAssembly', () => {
  it.each([
    { password: 'secret', salt: 'salt', iterations: 1 },
    { password: 'secret', salt: 'salt', iterations: 2 },
    { password: 'secret', salt: '', iterations: 3 },
    { password: '', salt: 'salt', iterations: 3 },
    { password: 'k'.repeat(64), salt: 'of a block', iterations: 1000 },
    { password: 'k'.repeat(65), salt: 'of more than a block', iterations: 1000 },
    { password: 'k'.repeat(1000), salt: 's'.repeat(1000), iterations: 1000 },
    { password: 'beyond Web Crypto', salt: 'salt', iterations: 100_001 },
    { password: 'as many as there may be', salt: 'salt', iterations: 2_000_000 },
  ])('gives what node:crypto gives for $iterations iterations', async ({ password, salt, iterations }) => {
    const given = { secret: bytes(password), salt: bytes(salt), iterations };
    expect(await pbkdf2Sha256(module, given)).toEqual(expected(given.secret, given.salt, iterations));
  });

  it('gives what node:crypto gives for random input', async () => {
    await assert(
      asyncProperty(
        uint8Array({ maxLength: 200 }),
        uint8Array({ maxLength: 100 }),
        integer({ min: 1, max: 500 }),
        async (secret, salt, iterations) => {
          expect(await pbkdf2Sha256(module, { secret, salt, iterations })).toEqual(expected(secret, salt, iterations));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([0, -1, 1.5, Number.NaN, 2_000_001, 2 ** 32])('refuses %d iterations', async (iterations) => {
    const given = { secret: bytes('secret'), salt: bytes('salt'), iterations };
    await expect(pbkdf2Sha256(module, given)).rejects.toThrow(RangeError);
  });

  it('leaves nothing of the password in the memory', async () => {
    const instances: WebAssembly.Instance[] = [];
    const Instance = WebAssembly.Instance;
    const spy = vi.spyOn(WebAssembly, 'Instance').mockImplementation(function (compiled) {
      const instance = new Instance(compiled);
      instances.push(instance);
      return instance;
    });
    await pbkdf2Sha256(module, { secret: bytes('secret'), salt: bytes('salt'), iterations: 2 });
    await pbkdf2Sha256(module, { secret: bytes('secret'), salt: bytes('salt'), iterations: 2 });
    spy.mockRestore();
    expect(new Set(instances).size).toBe(2);
    for (const { exports } of instances) {
      const { memory } = exports;
      if (!(memory instanceof WebAssembly.Memory)) throw new Error('there is no memory');
      expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true);
    }
  });
});

import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { sealAttemptKeys } from '../../src/crypto/attempt-keys.ts';

it('are MACs of node:crypto over what they stand for, each part by itself', async () => {
  const secret = randomBytes(32);
  const derived = new Uint8Array(hkdfSync('sha256', secret, '', 'latchkey login attempts v1', 32));
  const seal = (...parts: string[]) => createHmac('sha256', derived).update(JSON.stringify(parts)).digest('base64url');
  expect(await sealAttemptKeys('joe@gmail.com', '203.0.113.7/32', secret.toString('base64'))).toEqual({
    pair: seal('pair', 'joe@gmail.com', '203.0.113.7/32'),
    account: seal('account', 'joe@gmail.com'),
    network: seal('network', '203.0.113.7/32'),
  });
});

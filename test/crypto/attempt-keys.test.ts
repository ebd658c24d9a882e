import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { deriveAttemptKeys } from '../../src/crypto/attempt-keys.ts';

it('derives the keys of login attempts as node:crypto does', async () => {
  const secret = randomBytes(32);
  const derived = new Uint8Array(hkdfSync('sha256', secret, '', 'latchkey login attempts v1', 32));
  const macOf = (...parts: string[]) => createHmac('sha256', derived).update(JSON.stringify(parts)).digest('base64url');
  expect(await deriveAttemptKeys('joe@gmail.com', '203.0.113.7/32', secret.toString('base64'))).toEqual({
    pair: `${macOf('account', 'joe@gmail.com')}.${macOf('pair', 'joe@gmail.com', '203.0.113.7/32')}`,
    account: macOf('account', 'joe@gmail.com'),
    network: macOf('network', '203.0.113.7/32'),
  });
});

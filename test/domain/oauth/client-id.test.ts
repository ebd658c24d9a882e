import { expect, it } from 'vitest';
import { isClientId, makeClientId } from '../../../src/domain/oauth/client-id.ts';

it.each(['a', '7', '_', 'Orders.api-2', 'a'.repeat(64), 'api-keys', '01a21687ecff7a0c8a550f1e2d3c4b5a'])(
  'accepts the client id %j',
  (id) => expect(isClientId(id)).toBe(true),
);

it.each(['', '-a', '.a', 'a b', 'a:b', 'ä', 'a\n', 'a'.repeat(65), 'first-party', 'api-key', crypto.randomUUID()])(
  'refuses the client id %j',
  (id) => expect(isClientId(id)).toBe(false),
);

it('refuses the id of a user in capitals', () => {
  expect(isClientId(crypto.randomUUID().toUpperCase())).toBe(false);
});

it('makes ids that it accepts, with 96 random bits', () => {
  const ids = Array.from({ length: 1000 }, makeClientId);
  expect(ids.filter((id) => !isClientId(id))).toEqual([]);
  for (const id of ids) expect(id).toMatch(/^client_[\w-]{16}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

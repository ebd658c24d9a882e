import { expect, it } from 'vitest';
import { needsSecondFactor } from '../../../src/domain/factor/policy.ts';

it.each([
  ['optional', false, false],
  ['optional', true, false],
  ['admins', false, false],
  ['admins', true, true],
  ['required', false, true],
  ['required', true, true],
] as const)('SECOND_FACTOR=%s, an administrator: %s, needs a second factor: %s', (secondFactor, admin, needed) => {
  expect(needsSecondFactor({ secondFactor }, { admin })).toBe(needed);
});

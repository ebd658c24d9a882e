import { expect, it } from 'vitest';
import { inTurn, mostRequests } from '../../../scripts/bench/compare/settings.ts';

it('gives each client its part of the requests that a run may take', () => {
  expect(mostRequests(600, 16, 4000)).toBe(150);
  expect(mostRequests(300, 1, 2000)).toBe(600);
  expect(mostRequests(600, 16, Infinity)).toBe(Infinity);
});

it('lets another one begin in each round', () => {
  expect([0, 1, 4].map((round) => inTurn(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'bca']);
  expect(inTurn([], 2)).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { median, pairedRatio, quantile } from '../../../scripts/bench/compare/statistics.ts';

describe('the statistics of the bench', () => {
  it('take the middle of an odd number of values, and the mean of the two in the middle of an even one', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 1, 4, 2])).toBe(3);
    expect(median([])).toBeNaN();
  });

  it('find the value below which a share of the values is', () => {
    const hundred = Array.from({ length: 101 }, (_, i) => i);
    expect(quantile(hundred.toReversed(), 0.95)).toBe(95);
    expect(quantile([7], 0.5)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('compare round by round, so that a slow minute of the machine does not count', () => {
    const ours = [100, 1000, 110];
    const theirs = [300, 3000, 330];
    expect(pairedRatio(theirs, ours)).toBe(3);
  });
});

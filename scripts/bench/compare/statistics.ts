/** The value at `share` (0 to 1) of `values`, the nearest below. `NaN` for no values. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** The median of `values`. `NaN` for no values. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/**
 * How many times `upper` is `lower`: the median of the ratios of each round. Both ran in the same minute of each round,
 * so what else the machine did cancels out.
 */
export function pairedRatio(upper: number[], lower: number[]): number {
  return median(upper.flatMap((value, round) => (lower[round] === undefined ? [] : [value / lower[round]])));
}

/**
 * Dollars per million, as Cloudflare's documentation stated them for Workers Paid in November 2026:
 * https://developers.cloudflare.com/workers/platform/pricing/ and
 * https://developers.cloudflare.com/d1/platform/pricing/.
 * `included` is what a month of the plan ($5) holds before these prices begin, in millions.
 */
export const prices = {
  requests: { dollars: 0.3, included: 10 },
  cpuMs: { dollars: 0.02, included: 30 },
  /** Each key counts, also in one operation, and also when it has no value. */
  kvKeys: { dollars: 0.5, included: 10 },
  kvWrites: { dollars: 5, included: 1 },
  rowsRead: { dollars: 0.001, included: 25_000 },
  /** A row counts once more for every index that a statement changes. */
  rowsWritten: { dollars: 1, included: 50 },
} as const;

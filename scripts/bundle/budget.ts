/** What the service may weigh, gzipped, in bytes: 195 KB. */
export const MAX_GZIPPED_BYTES = 195_000;

/** How much the bundle may grow before somebody announces it. */
export const MAX_GROWTH = 0.05;

/** What is wrong with a bundle of `gzippedBytes`; `undefined` when it is within both limits. */
export function problemOf(gzippedBytes: number, { announcedBytes }: { announcedBytes: number }): string | undefined {
  if (gzippedBytes > MAX_GZIPPED_BYTES) {
    return `The bundle has ${kilobytes(gzippedBytes)}, and may have ${kilobytes(MAX_GZIPPED_BYTES)}.`;
  }
  if (gzippedBytes <= announcedBytes * (1 + MAX_GROWTH)) return undefined;
  return `The bundle has grown from ${kilobytes(announcedBytes)} to ${kilobytes(gzippedBytes)}, by more than ${
    MAX_GROWTH * 100
  } %. If the growth is worth it, announce it: npm run size -- --announce`;
}

/** A size in KB of 1,000 bytes, with one decimal. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

/** Gives a number from 0 up to, and not including, 1. */
export type Random = () => number;

/** Mulberry32: small, and the same everywhere for the same `seed`. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of `options`. */
export function pick<const T>(random: Random, options: readonly [T, ...T[]]): T {
  return options[Math.floor(random() * options.length)] ?? options[0];
}

/** Text of 1 to `length` characters, of few or of all planes of Unicode. */
export function noise(random: Random, length: number): string {
  const limit = pick(random, [0x7f, 0xff, 0xffff, 0x10ffff]);
  return Array.from({ length: 1 + random() * length }, () => String.fromCodePoint(Math.floor(random() * limit))).join(
    '',
  );
}

/** How long the bench measures. Times are in milliseconds. */
export type Settings = {
  rounds: number;
  runMs: number;
  /** When each request hashes a password. */
  hashingRunMs: number;
  warmUpMs: number;
  profileRounds: number;
  profileMs: number;
  starts: number;
  /** How many clients call at the same time, and how many when each request hashes a password. */
  loads: number[];
  hashingLoads: number[];
};

export const usual: Settings = {
  rounds: 7,
  runMs: 2000,
  hashingRunMs: 5000,
  warmUpMs: 1500,
  profileRounds: 3,
  profileMs: 2500,
  starts: 9,
  loads: [1, 16],
  hashingLoads: [1, 16],
};

/** Under five minutes on two busy cores. */
export const quick: Settings = {
  rounds: 3,
  runMs: 500,
  hashingRunMs: 1200,
  warmUpMs: 250,
  profileRounds: 2,
  profileMs: 500,
  starts: 5,
  loads: [1, 16],
  hashingLoads: [1],
};

/** Requests for each of `atOnce` clients in `ms`, at `perSecond` in all. */
export const mostRequests = (ms: number, atOnce: number, perSecond: number) =>
  Math.ceil(((ms / 1000) * perSecond) / atOnce);

/** The items from the `round`th on, then those before it, so that nobody is always the first. */
export const inTurn = <T>(items: readonly T[], round: number): T[] => {
  const first = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
};

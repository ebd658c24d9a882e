/**
 * Round-trip times between large cities of the continents, in milliseconds, rounded to 5. Replace them with your own.
 *
 * Frankfurt, Washington, São Paulo, Tokyo and Sydney: averages that IBM Cloud publishes for its regions (October 2024).
 * Cape Town: AWS regions as measured by cloudping.co. Other clouds publish similar times.
 */
const betweenContinents = {
  'Europe – North America': 90,
  'Europe – South America': 200,
  'Europe – Asia': 230,
  'Europe – Oceania': 250,
  'Europe – Africa': 155,
  'North America – South America': 120,
  'North America – Asia': 170,
  'North America – Oceania': 215,
  'North America – Africa': 225,
  'South America – Asia': 285,
  'South America – Oceania': 330,
  'South America – Africa': 335,
  'Asia – Oceania': 115,
  'Asia – Africa': 285,
  'Oceania – Africa': 295,
} as const;

export const continents = ['Europe', 'North America', 'South America', 'Asia', 'Oceania', 'Africa'] as const;
export type Continent = (typeof continents)[number];

/** Times that do not depend on the continent, in milliseconds. They are assumptions. */
export const assumedMs = {
  /** From the caller to the nearest Cloudflare location and back, on an open connection. */
  access: 15,
  /** Between two locations on one continent. */
  sameContinent: 20,
  /** From a Worker that is placed near the database to the database and back. */
  besideDatabase: 3,
  /** A read of KV that the location has cached. */
  kvRead: 5,
  /** A write of KV, to its central stores. */
  kvWrite: 100,
} as const;

/** The round-trip time between two continents, or within one, in milliseconds. */
export function roundTripMs(from: Continent, to: Continent): number {
  if (from === to) return assumedMs.sameContinent;
  const found = Object.entries(betweenContinents).find(
    ([pair]) => pair === `${from} – ${to}` || pair === `${to} – ${from}`,
  );
  if (found === undefined) throw new TypeError(`no time between ${from} and ${to}`);
  return found[1];
}

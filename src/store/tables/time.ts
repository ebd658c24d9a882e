import { integer } from 'drizzle-orm/sqlite-core';

/** A time: epoch milliseconds in SQL, a `Date` in the code. */
export const time = () => integer({ mode: 'timestamp_ms' });

import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

/** Networks that an account has logged in from. The key stands for account and network together. */
export const knownNetworks = sqliteTable(
  'known_networks',
  { key: text().primaryKey(), knownUntil: time().notNull() },
  (network) => [index('known_networks_known_until').on(network.knownUntil)],
);

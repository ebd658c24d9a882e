import type { Attempt } from './attempt.ts';
import { addKeys } from './api-keys.ts';
import { sql } from './database.ts';
import { type OnTrip, watchDatabase } from './storage.ts';

const MANY = 10_000;

/** Gives the user and the client as many keys as they can have. */
async function fillUp() {
  for (const [column, table] of [
    ['user_id', 'users'],
    ['client_id', 'clients'],
  ] as const) {
    const [owner] = await sql(`SELECT id FROM ${table} LIMIT 1`);
    if (owner !== undefined)
      await addKeys(MANY, { column, id: String(owner['id']) }, { prefix: table.slice(0, 1).toUpperCase() });
  }
}

/** Changes the owner before a key is stored. */
const interfere: OnTrip = async ([first = '']) => {
  if (!first.startsWith('insert into "api_keys"')) return;
  await sql('UPDATE users SET version = version + 1');
  await sql('UPDATE clients SET version = version + 1');
};

const ofKeys: Record<string, Omit<Attempt, 'applies'>> = {
  'comes from a user without scopes': { options: { env: { USER_SCOPES: '' } } },
  'is about an owner with ten thousand keys': { before: fillUp },
  'is about a client that is disabled': { before: () => sql('UPDATE clients SET disabled_at = 1') },
  'names a key that the owner does not have': {
    change: (parts) => ({ ...parts, path: parts.path.replace(/(keys\/)\w+$/, `$1${'0'.repeat(16)}`) }),
  },
  'meets others who change the owner': { options: { env: () => watchDatabase(interfere) } },
};

/** Attempts at the routes of API keys. */
export const keyAttempts: Record<string, Attempt> = Object.fromEntries(
  Object.entries(ofKeys).map(([name, attempt]) => [
    name,
    { ...attempt, applies: ({ path }) => path.includes('/keys') && !path.startsWith('/.well-known') },
  ]),
);

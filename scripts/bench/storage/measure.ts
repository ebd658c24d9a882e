import { join } from 'node:path';
import { makeOAuthClient } from '../../harness/oauth-client.ts';
import { newSecrets } from '../../secrets/fresh.ts';
import {
  BETTER_AUTH,
  BETTER_AUTH_CONFIG,
  betterAuthMigrations,
  betterAuthVars,
  installBetterAuth,
  newBetterAuthSecret,
} from '../compare/better-auth.ts';
import { LATCHKEY_CONFIG, latchkeyMigrations } from '../compare/latchkey.ts';
import type { Operation } from '../compare/operations.ts';
import { betterAuthJourney, type Client, type Journey, latchkeyJourney } from './journeys.ts';
import { type MeteredOptions, startMetered } from './metered.ts';
import { countStorage, type StorageUse } from './use.ts';

/** What each operation asks of storage. */
export type MeasuredUse = Partial<Record<Operation, StorageUse>>;

/** Where the metered Workers believe to be. */
const URL = 'http://localhost';

/** The service with fresh secrets, and a client that may introspect. Few iterations keep a run short. */
export async function meteredLatchkey(): Promise<{ options: MeteredOptions; client: Client }> {
  const client = makeOAuthClient('bench');
  const vars = { ISSUER: URL, AUDIENCE: 'bench', RATE_LIMITS: 'off', PBKDF2_ITERATIONS: '1000' };
  const options = {
    main: join(import.meta.dirname, '..', '..', '..', 'src', 'index.ts'),
    config: LATCHKEY_CONFIG,
    vars: { ...vars, ...(await newSecrets()), OAUTH_CLIENTS: client.entry },
    migrations: latchkeyMigrations,
  };
  return { options, client };
}

/** Measures Latchkey. */
export async function measureLatchkey(): Promise<MeasuredUse> {
  const { options, client } = await meteredLatchkey();
  return measureJourney(options, latchkeyJourney(client));
}

/** Measures Better Auth. Installs it first, if it is not there. */
export async function measureBetterAuth(): Promise<MeasuredUse> {
  installBetterAuth();
  const options = {
    main: join(BETTER_AUTH, 'worker.ts'),
    config: BETTER_AUTH_CONFIG,
    vars: betterAuthVars({ url: URL, secret: newBetterAuthSecret(), isCheap: true }),
    migrations: betterAuthMigrations,
  };
  return measureJourney(options, betterAuthJourney);
}

/** The first of them does not count: the first request of an isolate may do more. */
const EMAILS = Array.from({ length: 7 }, (_, number) => `${number}@example.org`);

/**
 * What each operation of a journey asks of storage, of several journeys the one that reads the most rows. A search
 * reads one row beyond what it finds, unless that is at the end of an index, and in a database with many users it
 * rarely is.
 */
async function measureJourney(options: MeteredOptions, journey: Journey): Promise<MeasuredUse> {
  const service = await startMetered(options);
  try {
    const measured: MeasuredUse = {};
    for (const [number, email] of EMAILS.entries()) {
      await service.takeCalls();
      await journey(service, email, async (operation) => {
        const [before, use] = [measured[operation], await service.takeCalls()];
        const isMore = before === undefined || countStorage(use).rowsRead > countStorage(before).rowsRead;
        if (isMore && number > 0) measured[operation] = use;
      });
    }
    return measured;
  } finally {
    await service.stop();
  }
}

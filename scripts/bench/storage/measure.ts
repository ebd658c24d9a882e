import { createHash, randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecrets } from '../../secrets/fresh.ts';
import { BETTER_AUTH, installBetterAuth } from '../compare/better-auth.ts';
import type { Operation } from '../compare/operations.ts';
import { betterAuthJourney, type Client, type Journey, latchkeyJourney } from './journeys.ts';
import { applySql, startMetered } from './metered.ts';
import type { StorageUse } from './use.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** What each operation asks of storage. */
export type MeasuredUse = Partial<Record<Operation, StorageUse>>;

export const latchkeySource = join(root, 'src', 'index.ts');

/** The migrations of the service, in order. */
export const latchkeyMigrations = globSync(join(root, 'migrations', '*.sql'))
  .toSorted()
  .map((file) => readFileSync(file, 'utf8'));

/** Variables and fresh secrets for the service, and a client that may introspect. Few iterations keep a run short. */
export async function latchkeyVars(): Promise<{ vars: Record<string, string>; client: Client }> {
  const client = { id: 'bench', secret: randomBytes(32).toString('base64url') };
  const hash = createHash('sha256').update(client.secret).digest('base64url');
  const vars = { ISSUER: 'http://localhost', AUDIENCE: 'bench', RATE_LIMITS: 'off', PBKDF2_ITERATIONS: '1000' };
  return { vars: { ...vars, ...(await newSecrets()), OAUTH_CLIENTS: `${client.id}:${hash}` }, client };
}

/** Measures Latchkey. */
export async function measureLatchkey(): Promise<MeasuredUse> {
  const { vars, client } = await latchkeyVars();
  return measureJourney({ main: latchkeySource, vars, migrations: latchkeyMigrations }, latchkeyJourney(client));
}

/** Measures Better Auth. Installs it first, if it is not there. */
export async function measureBetterAuth(): Promise<MeasuredUse> {
  installBetterAuth();
  const secret = randomBytes(32).toString('base64');
  const vars = { BETTER_AUTH_URL: 'http://localhost', BETTER_AUTH_SECRET: secret, KDF: 'off' };
  const migrations = [readFileSync(join(BETTER_AUTH, 'tables.sql'), 'utf8')];
  return measureJourney({ main: join(BETTER_AUTH, 'worker.ts'), vars, migrations }, betterAuthJourney);
}

type Worker = { main: string; vars: Record<string, string>; migrations: string[] };

/** The second of two journeys: the first request of an isolate may do more. */
async function measureJourney({ migrations, ...worker }: Worker, journey: Journey): Promise<MeasuredUse> {
  const service = await startMetered(worker);
  try {
    await applySql(service.database, migrations);
    const measured: MeasuredUse = {};
    for (const email of ['first@example.org', 'second@example.org']) {
      await service.takeCalls();
      await journey(service, email, async (operation) => {
        measured[operation] = await service.takeCalls();
      });
    }
    return measured;
  } finally {
    await service.stop();
  }
}

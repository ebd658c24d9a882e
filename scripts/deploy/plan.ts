import { Failure } from '../command.ts';
import type { Wrangler } from '../wrangler/run.ts';
import { type Asking, waitUntilReady } from './ready.ts';
import { type Migration, type Order, orderMigrations } from './order.ts';
import type { Step } from './steps.ts';
import { plain, type Tables } from './tables.ts';

/**
 * A deployment: the flags for each step, the migrations of this version, the name of the Worker, the patterns of its
 * addresses, the URL of the service, and its tables.
 */
export type Deployment = {
  flags: string[];
  secretsFlags: string[];
  migrations: Migration[];
  worker: string;
  addresses: string[];
  issuer: string;
  tables: () => Tables;
};

/** What the steps need of the outside. `examine` is the doctor, with the arguments of its command line. */
export type Outside = Asking & { wrangler: Wrangler; examine: (args: string[]) => Promise<number> };

/** The steps that change nothing: the doctor, and bundling the code. */
export function checks({ flags, secretsFlags }: Deployment, { examine, wrangler }: Outside): Step[] {
  return [
    {
      title: 'Ask the doctor',
      run: async () => {
        const status = await examine(['production', ...secretsFlags, ...flags]);
        if (status !== 0) throw new Failure('The doctor refuses this configuration: see its lines with ✗.', status);
      },
    },
    {
      title: 'Bundle the code (a dry run)',
      run: async () => {
        const { status, output } = wrangler(['deploy', '--dry-run', ...secretsFlags, ...flags], 'capture');
        if (status !== 0) throw new Failure(`wrangler could not bundle the code. It says:\n${plain(output)}`);
      },
    },
  ];
}

/** A new version takes a few seconds to be everywhere. */
const SPREAD_MS = 30_000;

/** The steps that change the deployment, in their order. */
export function changes(deployment: Deployment, outside: Outside): Step[] {
  const { flags, secretsFlags, migrations, worker, addresses, issuer } = deployment;
  let order: Order = { before: [], after: [] };
  let tables: Tables | undefined;
  let isFirst = false;
  const apply = async (files: string[]) => {
    if (files.length === 0) return 'Nothing to apply.';
    await tables?.apply(files);
    return `Applied: ${files.join(', ')}`;
  };
  return [
    {
      title: 'Find the migrations that the database lacks',
      run: async () => {
        tables = deployment.tables();
        const pending = await tables.findPending();
        isFirst = pending === undefined;
        order = orderMigrations(migrations, pending);
        return pending === undefined
          ? 'There is no database yet. The deploy makes it, so the code comes first.'
          : `${pending.length} of ${migrations.length}.`;
      },
    },
    { title: 'Apply the migrations that run before the code', run: () => apply(order.before) },
    {
      title: `Deploy the code: ${worker} at ${addresses.join(', ')}`,
      run: async () => {
        const { status } = outside.wrangler(['deploy', ...secretsFlags, ...flags], 'ask');
        if (status !== 0) throw new Failure('wrangler could not deploy the code: see its message above.');
      },
    },
    {
      title: 'Apply the migrations that run after the code',
      run: async () => {
        // They remove what the version before needs, which may still run, or come back by a rollback.
        if (order.after.length > 0 && !isFirst) {
          await waitUntilReady(issuer, outside);
          await outside.sleep(SPREAD_MS);
        }
        return apply(order.after);
      },
    },
    {
      title: `Ask ${issuer}/ready`,
      run: async () => {
        await waitUntilReady(issuer, outside);
        return 'It responds 200. The service is up.';
      },
    },
  ];
}

/** What a deploy would change, for `--dry-run`, which asks nobody but the files. */
export function describePlan(steps: Step[], migrations: Migration[]): string {
  const after = migrations.filter(({ runs }) => runs === 'after').map(({ name }) => name);
  const titles = steps.map(({ title }, index) => `  ${index + 1}. ${title}`);
  return `
Nothing was changed. A deploy would now
${titles.join('\n')}
Of the ${migrations.length} migrations, ${after.length === 0 ? 'none runs' : `these run`} after the code${after.length === 0 ? '' : `: ${after.join(', ')}`}.`;
}

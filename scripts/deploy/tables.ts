import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Client } from '@libsql/client/http';
import { Failure } from '../command.ts';
import { applyMigrations, findPendingMigrations } from '../libsql/apply-migrations.ts';
import { wordsOfTurso } from '../migrations/turso.ts';
import type { Wrangler } from '../wrangler/run.ts';
import type { WranglerToml } from '../wrangler/toml.ts';

/** The tables of the deployed database. */
export type Tables = {
  /** The migrations that the database lacks, in the order of their names; `undefined` when there is no database yet. */
  findPending: () => Promise<string[] | undefined>;
  /** Applies `files`: all pending ones, or the first of them. */
  apply: (files: string[]) => Promise<void>;
};

/** How wrangler says that there is no such database. */
export const NO_DATABASE = /Couldn't find an? (auto-provisioned )?D1 DB named/;

/** How wrangler says that the database has all migrations. */
export const NOTHING_PENDING = 'No migrations to apply';

/** What `d1Tables` needs: `toml` is the configuration, `flags` name it, and `names` are the files in `folder`. */
export type D1 = { toml: WranglerToml; flags: string[]; folder: string; names: string[]; where?: string[] };

/** The tables in D1. `where` are the flags that say which database. */
export function d1Tables(wrangler: Wrangler, { toml, flags, folder, names, where = ['--remote'] }: D1): Tables {
  return {
    findPending: async () => {
      const { status, output } = wrangler(['d1', 'migrations', 'list', 'DB', ...where, ...flags], 'capture');
      if (status !== 0 && NO_DATABASE.test(output)) return undefined;
      const pending = names.filter((name) => output.includes(name));
      if (status === 0 && (pending.length > 0 || output.includes(NOTHING_PENDING))) return pending;
      throw new Failure(
        `wrangler could not list the migrations. Are you logged in (\`npx wrangler login\`)? It says:\n${plain(output)}`,
      );
    },
    apply: async (files) => {
      const last = files.at(-1) ?? '';
      const isAll = last === names.at(-1);
      const apply = (given: string[]) => wrangler(['d1', 'migrations', 'apply', 'DB', ...where, ...given], 'show');
      const { status } = isAll
        ? apply(flags)
        : inPart(
            toml,
            folder,
            names.filter((name) => name <= last),
            apply,
          );
      if (status !== 0)
        throw new Failure('wrangler could not apply the migrations. Each file is applied whole or not at all.');
    },
  };
}

/** `output` without colours, blank lines, and wrangler's advice to use `--temporary`, which `npm run deploy` does not take. */
export const plain = (output: string) =>
  stripVTControlCharacters(output)
    .replaceAll(/^.*--temporary.*$/gm, '')
    .replaceAll(/\n\s*\n/g, '\n')
    .trim();

/** Calls `apply` with flags for a configuration whose folder of migrations has only `names`: wrangler applies all of a folder. */
function inPart<T>(toml: WranglerToml, folder: string, names: string[], apply: (flags: string[]) => T): T {
  mkdirSync('.wrangler/tmp', { recursive: true });
  const part = mkdtempSync(join('.wrangler/tmp', 'deploy-'));
  try {
    for (const name of names) cpSync(join(folder, name), join(part, 'migrations', name));
    const { name, account_id, compliance_region } = toml;
    const databases = toml.d1_databases.map((database) => ({ ...database, migrations_dir: 'migrations' }));
    const config = join(part, 'wrangler.json');
    writeFileSync(config, JSON.stringify({ name, account_id, compliance_region, d1_databases: databases }));
    return apply(['--config', config]);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** The tables in a libSQL database. */
export function tursoTables(client: Client, folder = 'migrations'): Tables {
  const attempt = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw new Failure(`The libSQL database: ${wordsOfTurso(error)}`);
    });
  return {
    findPending: () => attempt(findPendingMigrations(client, folder)),
    apply: async (files) => void (await attempt(applyMigrations(client, folder, files))),
  };
}

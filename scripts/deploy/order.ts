import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../command.ts';
import { type Moment, readMarks } from '../migrations/marks.ts';

/** A migration: the name of its file, and when it runs. */
export type Migration = { name: string; runs: Moment };

/** The migrations that a deploy applies before the code, and those that it applies after the code. */
export type Order = { before: string[]; after: string[] };

/** The migrations in `folder`, in the order of their names. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.toSorted().map((name) => ({ name, runs: readMarks(readFileSync(join(folder, name), 'utf8')).runs }));
}

/**
 * Divides those of `all` that are `pending`. A database without any migration serves no code yet, so all of them run
 * before the code. `undefined` means that there is no database: the deploy makes it, so all of them run after the code.
 * Throws a `Failure` when a migration that must run before the code follows one that must run after it.
 */
export function orderMigrations(all: Migration[], pending: string[] | undefined): Order {
  const names = all.map(({ name }) => name);
  if (pending === undefined) return { before: [], after: names };
  const left = all.filter(({ name }) => pending.includes(name));
  if (left.length === all.length) return { before: names, after: [] };
  const firstAfter = left.findIndex(({ runs }) => runs === 'after');
  const split = firstAfter === -1 ? left.length : firstAfter;
  const blocked = left.slice(split).find(({ runs }) => runs === 'before');
  const blocker = left[split];
  if (blocked !== undefined && blocker !== undefined) {
    throw new Failure(`${blocked.name} must run before the code, but ${blocker.name} comes earlier and must run after the code.
One deploy cannot do both. First deploy a version that has ${blocker.name} and not yet ${blocked.name}:
\`git log --diff-filter=A -- "*${blocked.name}"\` shows the commit that added it.`);
  }
  const namesOf = (some: Migration[]) => some.map(({ name }) => name);
  return { before: namesOf(left.slice(0, split)), after: namesOf(left.slice(split)) };
}

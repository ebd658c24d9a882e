import { count, table } from '../admin/table.ts';
import type { Outcome, Schemes } from './outcomes.ts';

/** Counts what came of the rows. */
export type Tally = ReturnType<typeof startTally>;

export function startTally() {
  const tally = {
    imported: 0,
    unchanged: 0,
    refused: 0,
    admins: 0,
    reset: 0,
    schemes: new Map<string, Schemes[number]>(),
    add(outcomes: Outcome[], schemes: Schemes): void {
      for (const { outcome, user, isReset } of outcomes) {
        tally[outcome] += 1;
        if (outcome === 'refused') continue;
        if (user?.line.admin === true) tally.admins += 1;
        if (isReset) tally.reset += 1;
      }
      for (const entry of schemes) {
        const key = JSON.stringify([entry.scheme, entry.parameters]);
        tally.schemes.set(key, { ...entry, users: entry.users + (tally.schemes.get(key)?.users ?? 0) });
      }
    },
  };
  return tally;
}

/** The summary for people. */
export function summaryOf({ imported, unchanged, refused, admins, reset, schemes }: Tally, isDry: boolean): string[] {
  const did = isDry ? 'Would import' : 'Imported';
  const lines = [
    `${did} ${users(imported)}. ${grouped(unchanged)} ${unchanged === 1 ? 'was' : 'were'} there already, ${grouped(refused)} not taken.`,
  ];
  if (isDry) lines.push('Nothing was written.');
  if (admins > 0)
    lines.push(`${grouped(admins)} of them ${admins === 1 ? 'is an administrator' : 'are administrators'}.`);
  if (reset > 0) lines.push(`${grouped(reset)} of them came without the password, and must choose one by a reset.`);
  const sorted = Array.from(schemes.values()).toSorted((one, other) => other.users - one.users);
  const rows = sorted.map(({ scheme, parameters, users, cpu_ms: cpu }) => [
    scheme,
    parameters ?? '',
    grouped(users),
    typeof cpu === 'number' ? `${grouped(Math.round(cpu))} ms` : '',
  ]);
  return rows.length === 0
    ? lines
    : [...lines, '', ...table(['scheme', 'parameters', 'users', 'CPU of the first login'], rows)];
}

/** `1,000` */
export const grouped = (number: number): string => number.toLocaleString('en-US');

const users = (number: number) => count(number, 'user').replace(/^\d+/, grouped(number));

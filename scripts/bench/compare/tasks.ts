import { hasCounterpart } from './better-auth-seats.ts';
import type { Name, RunningContestant } from './contestants.ts';
import { clientHeaders, hashing, type Operation, operations, type Seat } from './operations.ts';

/** What is measured: an operation, or something that only the floor does, for comparison. */
export type Task = {
  name: string;
  /** The operation that the task is about. */
  about: Operation;
  /** Whether the password hash is taken out. */
  isCheap: boolean;
  /** Who does it. */
  of: readonly Name[];
  /**
   * If a run uses its seats up, so that each needs its own: how many requests a second these are made for. A run ends
   * when it has sent them all. This is more than twice what workerd answers, because to prepare a request that needs a
   * token of its own takes a quarter of a millisecond.
   */
  mostPerSecond?: number;
  seats: (contestant: RunningContestant, load: { atOnce: number; each: number }) => Promise<Seat[]>;
};

/** Operations that may remember a token, and are measured for the first time that they see one too. */
export const remembering = ['status', 'verify'] as const satisfies Operation[];

/** The name of the task `operation` with tokens that it sees for the first time. */
export function withNewTokens(operation: Operation): string {
  return `${operation}, new token`;
}

/** A refresh needs a session for each client only. A logout needs one for each request, and is slower. */
const mostPerSecond: Partial<Record<Operation, number>> = { refresh: 4000, logout: 2000 };

/** All tasks, in the order of the tables. */
const tasks: Task[] = [
  ...hashing.map((operation) => taskOf(operation, { isCheap: false })),
  floorTask('kdf', 'login', { method: 'POST', path: '/kdf', headers: clientHeaders, expected: 200 }),
  ...operations.map((operation) => taskOf(operation, { isCheap: true })),
  ...remembering.map(newTokenTask),
  floorTask('kv', 'verify', { method: 'GET', path: '/kv', headers: clientHeaders, expected: 204 }),
];

/** The tasks about `wanted`; all of them when nothing is wanted in particular. */
export function tasksAbout(wanted: readonly Operation[]): Task[] {
  return wanted.length === 0 ? tasks : tasks.filter(({ about }) => wanted.includes(about));
}

/** The name of the task `operation` without the password hash. */
export function lessKdf(operation: Operation): string {
  return `${operation} less the KDF`;
}

function taskOf(operation: Operation, { isCheap }: { isCheap: boolean }): Task {
  const others: Name[] = hasCounterpart(operation) ? ['better-auth'] : [];
  return {
    about: operation,
    name: isCheap && hashing.includes(operation) ? lessKdf(operation) : operation,
    isCheap,
    of: ['latchkey', 'floor', ...others],
    ...(mostPerSecond[operation] !== undefined && { mostPerSecond: mostPerSecond[operation] }),
    seats: ({ prepare }, load) => prepare(operation, load),
  };
}

function newTokenTask(operation: Operation): Task {
  return {
    name: withNewTokens(operation),
    about: operation,
    isCheap: true,
    of: ['latchkey', 'floor'],
    mostPerSecond: operation === 'verify' ? 4000 : 2000,
    seats: ({ prepare }, load) => prepare(operation, { ...load, hasNewTokens: true }),
  };
}

function floorTask(name: string, about: Operation, call: ReturnType<Seat['next']>): Task {
  const seats = async (_: RunningContestant, { atOnce }: { atOnce: number }) =>
    Array.from({ length: atOnce }, () => ({ next: () => call }));
  return { name, about, isCheap: !hashing.includes(about), of: ['floor'], seats };
}

import type { Answer, Call } from './http-caller.ts';

/** What the bench measures. Better Auth has no counterpart of the last two. */
export const operations = [
  'register',
  'login',
  'refresh',
  'status',
  'logout',
  'sessions',
  'introspect',
  'verify',
] as const;

export type Operation = (typeof operations)[number];

/** Operations whose password hashing takes more than all the rest. */
export const hashing: readonly Operation[] = ['register', 'login'];

/**
 * One of the clients that call at the same time. `next` makes its next request, and `receive` takes the response, when
 * the next request depends on it.
 */
export type Seat = { next: () => Call; receive?: (answer: Answer) => void };

/**
 * How many clients call at the same time, and how many requests each sends. With `hasNewTokens`, every request has an
 * access token that nobody has sent before. Otherwise each client sends its own over and over, except to log out.
 */
export type Load = { atOnce: number; each: number; hasNewTokens?: boolean };

/** Makes what `operation` needs beforehand: accounts, sessions and tokens. Returns a seat for each client. */
export type Prepare = (operation: Operation, load: Load) => Promise<Seat[]>;

/** What every client sends. */
export const clientHeaders = { 'User-Agent': 'latchkey-bench/1.0', 'CF-Connecting-IP': '203.0.113.7' };

export const jsonHeaders = { ...clientHeaders, 'Content-Type': 'application/json' };

import { deriveAttemptKeys } from '../../src/crypto/attempt-keys.ts';
import { attemptAt } from '../../src/domain/login/attempts.ts';
import type { Logins } from '../../src/store/logins.ts';

const HOUR_MS = 3_600_000;

/** The account and the network of the guess with this number. */
type Attack = (guess: number) => { email: string; network: string };

export const attacks = {
  'one network at one account': () => ({ email: 'joe@gmail.com', network: 'one' }),
  'any number of networks at one account': (guess) => ({ email: 'joe@gmail.com', network: String(guess) }),
  'one network at any number of accounts': (guess) => ({ email: `${guess}@gmail.com`, network: 'one' }),
} as const satisfies Record<string, Attack>;

/**
 * Counts the guesses that get through in `hours` from `start` on, at full speed: each guess is made as soon as the
 * counted ones let it through. `findRetryAt` tells when that is, in epoch milliseconds.
 */
export async function countGuesses(
  { logins, findRetryAt, secretKey }: { logins: Logins; findRetryAt: () => Promise<number>; secretKey: string },
  attack: Attack,
  { start, hours }: { start: Date; hours: number },
): Promise<number> {
  const end = start.getTime() + hours * HOUR_MS;
  let at = Math.max(start.getTime(), await findRetryAt());
  let guesses = 0;
  while (at < end) {
    const { email, network } = attack(guesses);
    const keys = await deriveAttemptKeys(email, network, secretKey);
    const { counted } = await logins.begin(attemptAt(new Date(at), keys), email);
    if (counted.length === 0) throw new Error('a guess was made too early');
    guesses += 1;
    at = Math.max(at, await findRetryAt());
  }
  return guesses;
}

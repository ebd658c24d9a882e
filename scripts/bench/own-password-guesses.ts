import { checkOwnPassword } from '../../src/domain/account/own-password.ts';
import type { PasswordCheckDeps } from '../../src/domain/login/check-password.ts';
import { Refusal } from '../../src/errors.ts';
import type { User } from '../../src/store/tables/users.ts';

const HOUR_MS = 3_600_000;

/**
 * Counts the guesses at the current password of `user` that get through in `hours` from `start` on, by somebody who has
 * stolen an access token, and guesses at full speed from any number of networks.
 */
export async function countOwnPasswordGuesses(
  { deps, findRetryAt }: { deps: Omit<PasswordCheckDeps, 'now'>; findRetryAt: () => Promise<number> },
  user: Pick<User, 'id' | 'email'>,
  { start, hours }: { start: Date; hours: number },
): Promise<number> {
  const end = start.getTime() + hours * HOUR_MS;
  let guesses = 0;
  for (let at = start.getTime(); at < end; at = Math.max(at, await findRetryAt())) {
    const guess = checkOwnPassword({ ...deps, now: () => new Date(at) }, { user }, 'a guess', String(guesses));
    const reason = await guess.then(
      () => 'right',
      (error: unknown) => (error instanceof Refusal ? error.reason : 'bug'),
    );
    if (reason !== 'wrong password') throw new Error(`a guess met: ${reason}`);
    guesses += 1;
  }
  return guesses;
}

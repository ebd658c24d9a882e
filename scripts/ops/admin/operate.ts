import { type Admin, createAdmin } from './client.ts';
import { explain } from './explain.ts';
import { makeOperatorToken } from './operator-token.ts';
import { type Choice, findTarget } from './target.ts';

/**
 * The words for what the service refused. Throws anything else. `isKnown` leaves out guesses at the address, which was
 * right before.
 */
export type Describe = (error: unknown, isKnown?: boolean) => string;

/**
 * What `work` returns, with the admin API of the service that `choice` names, at `origin`. Throws a `Failure` in words for what the
 * service refuses.
 */
export async function operate<T>(
  choice: Choice,
  work: (admin: Admin, describe: Describe, origin: string) => Promise<T>,
): Promise<T> {
  const target = await findTarget(choice);
  const token = () => makeOperatorToken(target.keys, target.issuer);
  const describe: Describe = (error, isKnown) => {
    const explained = explain(error, target, isKnown);
    if (explained === error || !(explained instanceof Error)) throw error;
    return explained.message;
  };
  try {
    return await work(createAdmin({ origin: target.origin, token }, choice), describe, target.origin);
  } catch (error) {
    throw explain(error, target);
  }
}

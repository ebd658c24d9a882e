import { type Challenge, parseChallenge } from './challenge.ts';
import { onExchange } from './send.ts';

/**
 * Does `work`, which logs in or registers. Returns the challenge if the service answers with one in the place of tokens,
 * which the client has no use for.
 */
export async function findChallenge(work: () => Promise<void>): Promise<Challenge | undefined> {
  let challenge: Challenge | undefined;
  const end = onExchange(({ outcome }) => {
    if (outcome !== undefined && 'body' in outcome) challenge = parseChallenge(outcome.body) ?? challenge;
  });
  try {
    await work();
    return undefined;
  } catch (error) {
    if (challenge === undefined) throw error;
    return challenge;
  } finally {
    end();
  }
}

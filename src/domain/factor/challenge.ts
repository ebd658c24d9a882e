import {
  type Challenge,
  type ChallengePurpose,
  signChallengeToken,
  verifyChallengeToken,
} from '../../crypto/challenge-token.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { after } from '../time.ts';

/** How long a challenge token is valid, in seconds. */
export const CHALLENGE_SECONDS = 600;

/** What a challenge token says beside its id and its end. One for a sign-in by a passkey names no account. */
type Subject = Pick<Challenge, 'userId' | 'version' | 'attemptKey' | 'sealedSecret'>;

/** A token by which somebody at `network` goes on within ten minutes. Stores nothing. */
export async function newChallengeToken(
  { config, now }: Pick<Deps, 'config' | 'now'>,
  purpose: ChallengePurpose,
  network: string,
  subject: Subject = {},
): Promise<string> {
  const challenge = { id: crypto.randomUUID(), expiresAt: after(now(), CHALLENGE_SECONDS), ...subject };
  return signChallengeToken(challenge, { purpose, network, secretKey: config.secretKey });
}

/**
 * What `token` says, if it was made for `purpose` and for `network`, and is not too old. The batch that completes it
 * checks whether it was used. Refuses with `invalid_challenge_token`.
 */
export async function readChallengeToken(
  { config, now }: Pick<Deps, 'config' | 'now'>,
  purpose: ChallengePurpose,
  network: string,
  token: string,
): Promise<Challenge> {
  const terms = { purpose, network, secretKey: config.secretKey, now: now() };
  return (await verifyChallengeToken(token, terms)) ?? refuseChallengeToken('not a token of ours, or too old');
}

/** As `readChallengeToken`, for an account. */
export async function readChallengeOfUser(
  deps: Pick<Deps, 'config' | 'now'>,
  purpose: Exclude<ChallengePurpose, 'sign_in'>,
  network: string,
  token: string,
): Promise<Challenge & { userId: string; version: number }> {
  const { userId, version, ...challenge } = await readChallengeToken(deps, purpose, network, token);
  if (userId === undefined || version === undefined) return refuseChallengeToken('of no account');
  return { ...challenge, userId, version };
}

/** Refuses with `invalid_challenge_token`. The caller does not learn the `reason`. */
export function refuseChallengeToken(reason: string): never {
  throw new Refusal('invalid_challenge_token', { reason });
}

import { isMailedCode, verifyMailedToken } from '../../crypto/mailed-token.ts';
import type { AccessTokenClaims } from '../../crypto/access-token-claims.ts';
import { Refusal } from '../../errors.ts';
import type { PresentedChallenge } from '../../store/challenges.ts';
import type { Redemption } from '../../store/statements/account/redeem-challenge.ts';
import type { Deps } from '../deps.ts';
import { completeEnd } from '../revocation.ts';
import { type AuthenticationDeps, findCaller } from '../session/authenticate.ts';

type Purpose = Redemption['purpose'];

/** What somebody presents who has got a mail: the token of its link, or its code with the address. */
export type Proof = { token: string } | { email: string; code: string };

/** The same for somebody who is logged in: the code goes with an access token. */
export type OwnProof = { token: string } | { code: string; claims: AccessTokenClaims };

/**
 * The challenge of `purpose` that `proof` belongs to. One round trip. Refuses with `invalid_challenge`, which does not
 * tell why. Redeeming it decides whether it is still in force.
 */
export async function findChallenge(
  { config, now, challenges }: Pick<Deps, 'config' | 'now' | 'challenges'>,
  purpose: Purpose,
  proof: Proof,
): Promise<PresentedChallenge> {
  if ('token' in proof) {
    const id = await idOf(config, purpose, proof.token);
    return (
      (await challenges.find({ id, purpose, at: now() })) ?? refuseChallenge('no such challenge, or used, or too old')
    );
  }
  const challenge = await challenges.countCodeOfAddress({ purpose, email: proof.email, at: now() });
  return checkCode(config, purpose, { code: proof.code, challenge });
}

/**
 * As `findChallenge`, for what ends all sessions. When KV fails during a redemption, the caller gets a 503 and tries the
 * token again. That attempt is refused too, but first writes the missing entry, which takes one more round trip.
 */
export async function findEndingChallenge(
  deps: Pick<Deps, 'config' | 'now' | 'challenges' | 'denylist'>,
  purpose: 'reset_password' | 'undo_email',
  proof: Proof,
): Promise<PresentedChallenge> {
  if (!('token' in proof)) return findChallenge(deps, purpose, proof);
  const id = await idOf(deps.config, purpose, proof.token);
  const at = deps.now();
  const challenge = await deps.challenges.find({ id, purpose, at });
  if (challenge !== undefined) return challenge;
  const ended = await deps.challenges.findEndedUser({ id, purpose });
  if (ended !== undefined) await completeEnd(deps, ended, at);
  return refuseChallenge('used, or too old');
}

/**
 * The id of the challenge that `proof` belongs to. A token takes no round trip. A code takes one: it reads its challenge
 * and the session of the access token at once. So an access token of a revoked session can use up the tries of a code,
 * but not the link. Refuses as `findChallenge` and `findCaller` do.
 */
export async function findOwnChallenge(
  deps: AuthenticationDeps & Pick<Deps, 'challenges'>,
  purpose: Purpose,
  proof: OwnProof,
): Promise<string> {
  if ('token' in proof) return idOf(deps.config, purpose, proof.token);
  const at = deps.now();
  const [, challenge] = await Promise.all([
    findCaller(deps, proof.claims, at),
    deps.challenges.countCodeOfUser({ purpose, userId: proof.claims.sub, at }),
  ]);
  return (await checkCode(deps.config, purpose, { code: proof.code, challenge })).id;
}

/** The session of the access token that goes with a code. A token of a mail comes without one. */
export const sessionOf = (proof: OwnProof): string | undefined => ('claims' in proof ? proof.claims.sid : undefined);

/** Redeems the challenge `id` of `purpose` as one request. */
export function newRedemption({ now }: Pick<Deps, 'now'>, purpose: Purpose, id: string): Redemption {
  return { id, purpose, redemption: crypto.randomUUID(), at: now() };
}

/** Refuses with `invalid_challenge`. The caller does not learn the `reason`. */
export function refuseChallenge(reason: string): never {
  throw new Refusal('invalid_challenge', { reason });
}

async function idOf({ secretKey }: Deps['config'], purpose: Purpose, token: string): Promise<string> {
  return (await verifyMailedToken(token, purpose, secretKey)) ?? refuseChallenge('not a token of ours');
}

async function checkCode(
  { secretKey }: Deps['config'],
  purpose: Purpose,
  { code, challenge }: { code: string; challenge: PresentedChallenge | undefined },
): Promise<PresentedChallenge> {
  const isRight = await isMailedCode(code, { id: challenge?.id, purpose }, secretKey);
  if (challenge === undefined) return refuseChallenge('no code is in force');
  return isRight ? challenge : refuseChallenge('wrong code');
}

import { encodeBase32 } from '../../crypto/base32.ts';
import { qrSvg } from '../../crypto/qr-svg.ts';
import { openSecret, sealSecret } from '../../crypto/sealed-secret.ts';
import { makeTotpSecret, matchTotp, otpauthUri } from '../../crypto/totp.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import type { LoginOrigin } from '../login/login-origin.ts';
import { CHALLENGE_SECONDS, newChallengeToken, readChallengeOfUser, refuseChallengeToken } from './challenge.ts';
import { enrol, type Enrolled, type EnrolmentDeps } from './enrol.ts';
import type { Enroller } from './enroller.ts';

/** What an authenticator app needs, and the token by which the set-up is completed. `secret` is in base32. */
export type TotpOffer = { secret: string; uri: string; qrSvg: string; token: string; expiresInSeconds: number };

/** A secret for an authenticator app of the enroller. Stores nothing: the token carries the secret, encrypted. */
export async function offerTotp(
  deps: Pick<Deps, 'config' | 'now'>,
  { user }: Enroller,
  network: string,
): Promise<TotpOffer> {
  const { secretKey, appName } = deps.config;
  const bytes = makeTotpSecret();
  const secret = encodeBase32(bytes);
  const uri = otpauthUri({ secret, issuer: appName, account: user.email });
  const sealedSecret = await sealSecret(bytes, user.id, secretKey);
  const subject = { userId: user.id, version: user.version, sealedSecret };
  const token = await newChallengeToken(deps, 'add_totp', network, subject);
  return { secret, uri, qrSvg: await qrSvg(uri), token, expiresInSeconds: CHALLENGE_SECONDS };
}

/**
 * Stores the secret of `token` for the enroller, in place of a former one, if `code` shows that the app has it. That code
 * works no second time. One round trip. Refuses with `invalid_challenge_token`, with `wrong_factor`, and as `enrol` does.
 */
export async function confirmTotp(
  deps: EnrolmentDeps,
  enroller: Enroller,
  { token, code }: { token: string; code: string },
  origin: LoginOrigin,
): Promise<Enrolled> {
  const { user } = enroller;
  const { userId, version, sealedSecret = '' } = await readChallengeOfUser(deps, 'add_totp', origin.network, token);
  if (userId !== user.id || version !== user.version) return refuseChallengeToken('the account is another by now');
  const secret = await openSecret(sealedSecret, user.id, deps.config.secretKey);
  const step = secret && (await matchTotp(secret, code, deps.now()));
  if (step === undefined) throw new Refusal('wrong_factor', { reason: 'the code is not of the new secret' });
  return enrol(deps, enroller, { kind: 'totp', totp: { sealedSecret, step } }, origin);
}

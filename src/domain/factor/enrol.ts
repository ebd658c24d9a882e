import { deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { makeRecoveryCodes, parseRecoveryCode, recoveryCodeMac } from '../../crypto/recovery-code.ts';
import { Refusal } from '../../errors.ts';
import type { NewFactor } from '../../store/factors.ts';
import type { NewSession } from '../../store/statements/session/insert-session.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { getSigningKeys } from '../key/signing-keys.ts';
import { knownSince } from '../login/attempts.ts';
import type { LoginOrigin } from '../login/login-origin.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import {
  BY_PASSWORD,
  type GrantedToken,
  issueAccessToken,
  issueTokens,
  newSession,
  type TokenSet,
} from '../session/session.ts';
import type { Enroller } from './enroller.ts';
import { addMethod } from './methods.ts';

/** The dependencies of setting up a factor. */
export type EnrolmentDeps = DeliveryDeps & Pick<Deps, 'trace' | 'factors' | 'afterResponse'>;

/**
 * What setting up a factor comes to: an access token of the raised session, or the tokens of the one that begins; and
 * recovery codes, if the account had none. Nobody can read them again.
 */
export type Enrolled = { tokens: GrantedToken | TokenSet; recoveryCodes: string[] | undefined };

/**
 * Stores `factor` for the enroller, with ten recovery codes if there are none. The session of the enroller goes on and is
 * raised; without one, a session begins. One round trip. Of two changes of the factors at once, one is refused with
 * `change_conflict`, and a passkey with `passkey_taken` and `too_many_passkeys`.
 */
export async function enrol(
  deps: EnrolmentDeps,
  { user, claims }: Enroller,
  factor: NewFactor,
  origin: LoginOrigin,
): Promise<Enrolled> {
  const { config } = deps;
  // Without keys there are no tokens, and so nobody would see the recovery codes.
  await getSigningKeys(config);
  const at = deps.now();
  const amr = addMethod(claims?.amr ?? BY_PASSWORD, factor.kind);
  const begun = newSession(user, { device: origin.device, amr }, at, config);
  const session =
    claims === undefined
      ? { begun, ...(await newsOfLogin(deps, begun, user.email, origin.network)) }
      : { raised: { id: claims.sid, amr: JSON.stringify(amr) } };
  const sessionId = claims?.sid ?? begun.id;
  const { codes, macs } = await newCodes(user.id, config);
  const subject = { userId: user.id, sessionId };
  const news = {
    event: newEvent(deps, 'factor_added', { ...subject, data: dataOf(factor) }),
    codes: newEvent(deps, 'recovery_codes_made', subject),
    notice: newNotice(deps, 'factor_added', at),
  };
  const adder = { userId: user.id, userVersion: user.version, sessionId: claims?.sid ?? '', at };
  const added = await deps.factors.add(adder, factor, { session, macs, news });
  if (!added.isAdded) return refuse(deps, factor, user.id);
  sendAfterResponse(deps, news.notice);
  const next = { ...user, version: user.version + 1 };
  const recoveryCodes = added.codes > 0 ? codes : undefined;
  if (claims === undefined) return { tokens: await issueTokens(begun, next, at, config), recoveryCodes };
  if (added.raised === undefined) throw new TypeError('no session was raised');
  return { tokens: await issueAccessToken(added.raised, next, at, config), recoveryCodes };
}

/** What a session that begins with its factor brings: the network that the account knows from now on, and the event. */
async function newsOfLogin(
  deps: Pick<Deps, 'config' | 'now' | 'trace'>,
  { id, userId, startedAt, amr }: NewSession,
  email: string,
  network: string,
) {
  const keys = await deriveAttemptKeys(email, network, deps.config.secretKey);
  const login = newEvent(deps, 'login', { userId, sessionId: id, data: { amr } });
  return { network: knownSince(startedAt, keys), login };
}

/** Ten recovery codes, and how they are stored. */
export async function newCodes(userId: string, { secretKey }: Pick<Deps['config'], 'secretKey'>) {
  const codes = makeRecoveryCodes();
  const macs = await Promise.all(
    codes.map((code) => recoveryCodeMac(parseRecoveryCode(code) ?? '', userId, secretKey)),
  );
  return { codes, macs };
}

/** What events tell of a factor. */
const dataOf = (factor: NewFactor) =>
  factor.kind === 'totp' ? { factor: 'totp' } : { factor: 'passkey', passkey_id: factor.passkey.id };

async function refuse({ factors }: Pick<Deps, 'factors'>, factor: NewFactor, userId: string): Promise<never> {
  if (factor.kind === 'passkey') {
    const { isTaken, isFull } = await factors.findPasskeyFault(factor.passkey.id, userId);
    if (isTaken) throw new Refusal('passkey_taken');
    if (isFull) throw new Refusal('too_many_passkeys');
  }
  throw new Refusal('change_conflict');
}

import { base64url } from 'jose';
import { decodeBase64url } from '../../crypto/strict-base64url.ts';
import type { LoginFactors, PasskeyHint } from '../../store/statements/factor/factors-of-user.ts';
import type { User } from '../../store/tables/users.ts';
import type { Deps } from '../deps.ts';
import { CHALLENGE_SECONDS, newChallengeToken } from './challenge.ts';

const MAX_TOKEN_BYTES = 1024;

/** What can be a second factor. A recovery code cannot be set up alone. */
export type FactorMethod = 'totp' | 'passkey' | 'recovery_code';

/** What a browser needs to use a passkey: a part of `PublicKeyCredentialRequestOptionsJSON` (WebAuthn level 3, section 5.1.9). */
export type PasskeyOptions = {
  challenge: string;
  rpId: string;
  timeout: number;
  userVerification: 'required';
  allowCredentials: ({ type: 'public-key' } & PasskeyHint)[];
};

/** What is still missing when the password is right: a second factor, or the set-up of one. */
export type LoginChallenge = {
  code: 'second_factor_required' | 'second_factor_enrolment_required';
  token: string;
  expiresInSeconds: number;
  methods: FactorMethod[];
  passkeyOptions: PasskeyOptions | undefined;
};

type ChallengeDeps = Pick<Deps, 'config' | 'now'>;

/** What an account with these factors is asked for. The attempt under `attemptKey` showed the password. Stores nothing. */
export async function askForFactor(
  deps: ChallengeDeps,
  user: Pick<User, 'id' | 'version'>,
  factors: LoginFactors,
  { network, attemptKey }: { network: string; attemptKey: string },
): Promise<LoginChallenge> {
  const token = await newChallengeToken(deps, 'log_in', network, {
    userId: user.id,
    version: user.version,
    attemptKey,
  });
  const { passkeys } = factors;
  return {
    code: 'second_factor_required',
    token,
    expiresInSeconds: CHALLENGE_SECONDS,
    methods: methodsOf(factors),
    passkeyOptions: passkeys.length === 0 ? undefined : passkeyOptions(deps.config, token, passkeys),
  };
}

/** What an account is asked for that needs a second factor and has none. Stores nothing. */
export async function askToEnrol(
  deps: ChallengeDeps,
  user: Pick<User, 'id' | 'version'>,
  network: string,
): Promise<LoginChallenge> {
  return {
    code: 'second_factor_enrolment_required',
    token: await newChallengeToken(deps, 'enrol', network, { userId: user.id, version: user.version }),
    expiresInSeconds: CHALLENGE_SECONDS,
    methods: ['totp', 'passkey'],
    passkeyOptions: undefined,
  };
}

/** How the user can show a second factor; empty when there is none. */
export function methodsOf({ hasTotp, passkeys, recoveryCodes }: LoginFactors): FactorMethod[] {
  if (!hasTotp && passkeys.length === 0) return [];
  return [
    ...(hasTotp ? (['totp'] as const) : []),
    ...(passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(recoveryCodes > 0 ? (['recovery_code'] as const) : []),
  ];
}

/** The options of a browser for the challenge `token`. Without `passkeys`, it offers all that it has for the RP ID. */
export function passkeyOptions(
  { rpId }: Pick<Deps['config'], 'rpId'>,
  token: string,
  passkeys: PasskeyHint[] = [],
): PasskeyOptions {
  return {
    challenge: webAuthnChallenge(token),
    rpId,
    timeout: CHALLENGE_SECONDS * 1000,
    userVerification: 'required',
    allowCredentials: passkeys.map(({ id, transports }) => ({ type: 'public-key', id, transports })),
  };
}

/** The token that `challenge` is the WebAuthn challenge of; `undefined` when it is none. */
export function tokenOf(challenge: string | undefined): string | undefined {
  const bytes = challenge === undefined ? undefined : decodeBase64url(challenge, MAX_TOKEN_BYTES);
  return bytes && new TextDecoder().decode(bytes);
}

/** The challenge of WebAuthn is the token itself: the bytes of its text, in base64url. */
export const webAuthnChallenge = (token: string): string => base64url.encode(token);

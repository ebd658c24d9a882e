import { z } from '@hono/zod-openapi';
import type { logIn } from '../../domain/login/log-in.ts';
import { refusals } from '../../errors.ts';
import { shapeTokens } from './tokens.ts';

type LoginOutcome = Awaited<ReturnType<typeof logIn>>;

type LoginChallenge = Extract<LoginOutcome, { challenge: unknown }>['challenge'];

/** What a browser needs to use a passkey: `PublicKeyCredentialRequestOptionsJSON` (WebAuthn level 3, section 5.1.9). */
export const passkeyOptions = z
  .object({
    challenge: z.string(),
    rpId: z.string(),
    timeout: z.int(),
    userVerification: z.literal('required'),
    allowCredentials: z.array(
      z
        .object({ type: z.literal('public-key'), id: z.string(), transports: z.array(z.string()) })
        .openapi('AllowedPasskey'),
    ),
  })
  .openapi('PasskeyRequestOptions');

const fields = {
  challenge_token: z.string(),
  expires_in: z.int(),
  methods: z.array(z.enum(['totp', 'passkey', 'recovery_code'])),
  passkey_options: z.union([passkeyOptions, z.null()]),
};

/** The response to a right password when a second factor is missing. */
export const loginChallenge = z
  .object({
    status: z.literal('fail'),
    code: z.enum(['second_factor_required', 'second_factor_enrolment_required']),
    message: z.string(),
    request_id: z.string(),
    ...fields,
  })
  .openapi('LoginChallenge');

/** The response to a registration where nobody logs in without a second factor. */
export const registeredChallenge = z
  .object({ status: z.literal('success'), message: z.string(), ...fields })
  .openapi('RegisteredChallenge');

const shapeFields = ({ token, expiresInSeconds, methods, passkeyOptions }: LoginChallenge) => ({
  challenge_token: token,
  expires_in: expiresInSeconds,
  methods,
  passkey_options: passkeyOptions ?? null,
});

/** A challenge, as `loginChallenge` declares it. */
export const shapeLoginChallenge = (challenge: LoginChallenge, requestId: string) => ({
  status: 'fail' as const,
  code: challenge.code,
  message: refusals[challenge.code].message,
  request_id: requestId,
  ...shapeFields(challenge),
});

/** A registration with its first session, or with a challenge as `registeredChallenge` declares it. */
export function shapeRegistered(outcome: LoginOutcome) {
  if ('tokens' in outcome) return shapeTokens('Successfully registered.', outcome.tokens);
  const message = 'Successfully registered. Set up a second factor to log in.';
  return { status: 'success' as const, message, ...shapeFields(outcome.challenge) };
}

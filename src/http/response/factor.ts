import { z } from '@hono/zod-openapi';
import type { confirmTotp, offerTotp } from '../../domain/factor/totp.ts';
import type { listFactors } from '../../domain/factor/list-factors.ts';
import { json } from './json.ts';

const status = z.literal('success');
const time = z.iso.datetime();
const used = { added_on: time, last_used_on: time.nullable() };

/** The second factors of an account, as its owner gets them. */
export const factors = z
  .object({
    totp: z.union([z.object(used).openapi('AuthenticatorApp'), z.null()]),
    passkeys: z.array(
      z.object({ id: z.string(), name: z.string(), ...used, backed_up: z.boolean() }).openapi('Passkey'),
    ),
    recovery_codes: z.union([z.object({ left: z.int(), made_on: time }).openapi('RecoveryCodesLeft'), z.null()]),
    required: z.boolean(),
  })
  .openapi('Factors');

export const factorsResponse = json(
  z.object({ status, data: factors }).openapi('FactorsResponse'),
  'What the account has beside the password.',
);

/** The factors of an account, as `factors` declares them. */
export function shapeFactors({ totp, passkeys, codes, isRequired }: Awaited<ReturnType<typeof listFactors>>) {
  return {
    totp: totp === undefined ? null : shapeUse(totp),
    passkeys: passkeys.map(({ id, name, backedUp, ...use }) => ({ id, name, ...shapeUse(use), backed_up: backedUp })),
    recovery_codes:
      codes === undefined || codes.madeAt === null ? null : { left: codes.left, made_on: codes.madeAt.toISOString() },
    required: isRequired,
  };
}

const shapeUse = ({ addedAt, lastUsedAt }: { addedAt: Date; lastUsedAt: Date | null }) => ({
  added_on: addedAt.toISOString(),
  last_used_on: lastUsedAt?.toISOString() ?? null,
});

/** What an authenticator app needs. */
export const totpOffer = z
  .object({
    secret: z.string(),
    otpauth_uri: z.string(),
    qr_svg: z.string(),
    enrolment_token: z.string(),
    expires_in: z.int(),
  })
  .openapi('TotpOffer');

export const shapeOffer = ({ secret, uri, qrSvg, token, expiresInSeconds }: Awaited<ReturnType<typeof offerTotp>>) => ({
  secret,
  otpauth_uri: uri,
  qr_svg: qrSvg,
  enrolment_token: token,
  expires_in: expiresInSeconds,
});

/** The response to a factor that is set up. There is a refresh token if a session began. */
export const enrolled = z
  .object({
    status,
    message: z.string(),
    recovery_codes: z.array(z.string()).nullable(),
    auth_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int(),
    refresh_token: z.string().optional(),
    refresh_expires_in: z.int().optional(),
  })
  .openapi('Enrolled');

/** A factor that is set up, as `enrolled` declares it. */
export function shapeEnrolled(
  message: string,
  { tokens, recoveryCodes }: Awaited<ReturnType<typeof confirmTotp>>,
): z.infer<typeof enrolled> {
  return {
    status: 'success',
    message,
    recovery_codes: recoveryCodes ?? null,
    auth_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: tokens.expiresInSeconds,
    ...('refreshToken' in tokens && {
      refresh_token: tokens.refreshToken,
      refresh_expires_in: tokens.refreshExpiresInSeconds,
    }),
  };
}

import { z } from '@hono/zod-openapi';
import { Refusal } from '../../errors.ts';
import { password } from './credentials.ts';
import { text } from './json-body.ts';

/** A challenge token, or the token by which setting up an authenticator app is completed. */
export const challengeToken = text.openapi({ example: 'eyJpZCI6Ij…' });

/** A code of an authenticator app: six digits, however somebody groups them. */
export const code = text
  .transform((typed, context) => {
    const digits = typed.replaceAll(/[\s-]/g, '');
    if (/^\d{6}$/.test(digits)) return digits;
    context.addIssue({ code: 'custom', message: 'Must have six digits.' });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: '314159' });

const recovery_code = text
  .max(64, { error: 'Must have at most 64 characters.' })
  .openapi({ example: 'JBSW-Y3DP-EHPK-3PXP' });

const type = z.literal('public-key', { error: 'Must be public-key.' });
const object = { error: 'Must be an object.' };

/** What a browser sends that has used a passkey: `AuthenticationResponseJSON`. Further fields are ignored. */
export const usedPasskey = z
  .object(
    {
      id: text,
      rawId: text,
      type,
      response: z
        .object(
          { clientDataJSON: text, authenticatorData: text, signature: text, userHandle: text.nullable().optional() },
          object,
        )
        .openapi('PasskeyAssertion'),
    },
    object,
  )
  .openapi('UsedPasskey');

const transports = z
  .array(text.max(32, { error: 'Must have at most 32 characters.' }), { error: 'Must be a list.' })
  .max(16, { error: 'Must have at most 16 entries.' })
  .optional();

/** What a browser sends that has made a passkey: `RegistrationResponseJSON`. Further fields are ignored. */
export const madePasskey = z
  .object(
    {
      id: text,
      rawId: text,
      type,
      response: z
        .object({ clientDataJSON: text, attestationObject: text, transports }, object)
        .openapi('PasskeyAttestation'),
    },
    object,
  )
  .openapi('MadePasskey');

/** The ways to show a second factor: one of them. */
export const factorFields = {
  code: code.optional(),
  recovery_code: recovery_code.optional(),
  passkey: usedPasskey.optional(),
};

/** The ways to prove again who it is: one of them. */
export const proofFields = { password: password.optional(), ...factorFields };

type Given = {
  password?: string | undefined;
  code?: string | undefined;
  recovery_code?: string | undefined;
  passkey?: z.infer<typeof usedPasskey> | undefined;
};

/** The one factor that was given. Refuses none and several with `invalid_request`. */
export function factorOf({ code, recovery_code: recoveryCode, passkey }: Omit<Given, 'password'>) {
  const given = [code, recoveryCode, passkey].filter((value) => value !== undefined);
  if (given.length === 1) {
    if (code !== undefined) return { code };
    if (recoveryCode !== undefined) return { recoveryCode };
    if (passkey !== undefined) return { passkey: responseOf(passkey) };
  }
  const message = 'Give a code, a recovery_code or a passkey, and only one of them.';
  throw new Refusal('invalid_request', { errors: [{ path: 'code', message }] });
}

/** The one proof that was given. Refuses none and several with `invalid_request`. */
export function reauthenticationOf({ password, ...factors }: Given) {
  if (password === undefined) return factorOf(factors);
  if (Object.values(factors).every((value) => value === undefined)) return { password };
  const message = 'Goes without code, recovery_code and passkey.';
  throw new Refusal('invalid_request', { errors: [{ path: 'password', message }] });
}

/** The use of a passkey, as the use case takes it. Some browsers send a `null` where there is no user handle. */
export function responseOf({ response, ...passkey }: z.infer<typeof usedPasskey>) {
  const { userHandle, ...rest } = response;
  return { ...passkey, response: { ...rest, ...(typeof userHandle === 'string' && { userHandle }) } };
}

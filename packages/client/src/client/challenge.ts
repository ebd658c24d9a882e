import { isRecord } from '../verify/shapes.ts';

/** What a login may be completed with, or for `second_factor_enrolment_required` what can be set up. */
export type FactorMethod = 'totp' | 'passkey' | 'recovery_code';

/**
 * What the browser is asked for a passkey with: `PublicKeyCredentialRequestOptionsJSON` or, for a new passkey,
 * `PublicKeyCredentialCreationOptionsJSON` (WebAuthn level 3, section 5.1).
 */
export type PasskeyOptions = { challenge: string; [name: string]: unknown };

/**
 * A login whose password was right, and which needs a second factor. Together with the factor, `token` logs in: keep it in
 * memory only. `passkeyOptions` are there when the account has passkeys.
 */
export type LoginChallenge = {
  token: string;
  expiresInSeconds: number;
  methods: FactorMethod[];
  passkeyOptions: PasskeyOptions | undefined;
};

/** The challenge in the body of a response; `undefined` when it has none. Leaves out methods that this version does not know. */
export function challengeIn(body: Record<string, unknown>): LoginChallenge | undefined {
  const { challenge_token: token, expires_in: expiresInSeconds, methods, passkey_options: options } = body;
  if (typeof token !== 'string' || typeof expiresInSeconds !== 'number' || !Array.isArray(methods)) return undefined;
  const passkeyOptions = isPasskeyOptions(options) ? options : undefined;
  return { token, expiresInSeconds, methods: methods.filter(isMethod), passkeyOptions };
}

/** Whether `value` can be what the browser is asked with. */
export function isPasskeyOptions(value: unknown): value is PasskeyOptions {
  return isRecord(value) && typeof value['challenge'] === 'string';
}

const isMethod = (value: unknown): value is FactorMethod =>
  value === 'totp' || value === 'passkey' || value === 'recovery_code';

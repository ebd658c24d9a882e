import { z } from '@hono/zod-openapi';

const type = z.literal('public-key');

/** What a browser needs to make a passkey: `PublicKeyCredentialCreationOptionsJSON` (WebAuthn level 3, section 5.1.8). */
export const creationOptions = z
  .object({
    challenge: z.string(),
    rp: z.object({ id: z.string(), name: z.string() }).openapi('RelyingParty'),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }).openapi('PasskeyUser'),
    pubKeyCredParams: z.array(z.object({ type, alg: z.int() }).openapi('PasskeyAlgorithm')),
    timeout: z.int(),
    excludeCredentials: z.array(z.object({ type, id: z.string() }).openapi('ExcludedPasskey')),
    authenticatorSelection: z
      .object({
        residentKey: z.literal('required'),
        requireResidentKey: z.boolean(),
        userVerification: z.literal('required'),
      })
      .openapi('AuthenticatorSelection'),
    attestation: z.literal('none'),
  })
  .openapi('PasskeyCreationOptions');

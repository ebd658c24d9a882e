import { z } from 'zod';
import { SIGNING_ALGS } from '../crypto/bounds.ts';
import { isRandomKey, text } from './fields.ts';

const MAX_KEYS = 16;

/** What a private JWKS must have at least. Whether a key can be used shows only when it is imported. */
const keySet = z.object({
  keys: z
    .array(
      z.object({
        kid: z.string().min(1).max(64),
        alg: z.enum(SIGNING_ALGS),
        kty: z.string(),
        d: z.string(),
      }),
    )
    .min(1)
    .max(MAX_KEYS)
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length),
});

/** The secrets that tokens are made with. The JWKS stays text: `importSigningKeys` remembers keys by their text. */
export const keys = z
  .object({
    SECRET_KEY: text.refine(isRandomKey, { error: 'must be at least 32 random bytes in base64' }),
    SIGNING_KEYS: text.refine(isSigningKeySet, {
      error: 'must be a JWKS of private keys, each with a kid of its own and the alg ES256, EdDSA or RS256',
    }),
  })
  .transform((env) => ({ secretKey: env.SECRET_KEY, signingKeys: env.SIGNING_KEYS }));

function isSigningKeySet(value: string): boolean {
  try {
    return keySet.safeParse(JSON.parse(value)).success;
  } catch {
    return false;
  }
}

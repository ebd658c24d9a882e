import { type CryptoKey, exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import known from '../../crypto/known-answers.json' with { type: 'json' };

export const parties = known.parties;

const { user_version: _, ...named } = known.claims;

/** What a verifier says of the known tokens, whose claims have one more, and do not say that they are of a user. */
export const claims = { ...named, kind: 'user' };

/** The time in the middle of their life. */
export const now = () => new Date((known.claims.iat + 100) * 1000);

/** The known public keys, as Latchkey publishes them. */
export const jwks: JSONWebKeySet = {
  keys: known.keys.map(({ kty, kid, alg, crv, x, y }) => ({ kty, kid, alg, crv, x, ...(y && { y }), use: 'sig' })),
};

export const [accessToken = ''] = known.accessTokens.map(({ token }) => token);
export const refreshTokens = known.refreshTokens.map(({ token }) => token);

/** What `sign` changes. A header or a claim that is `undefined` is left out. */
export type Changes = { header?: object; claims?: object; key?: CryptoKey | Uint8Array };

/** A fresh key pair, its public half as a JWK, and what signs as the service does, save for the changes. */
export async function makeKey(kid = 'fresh', alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  const sign = ({ header, claims, key = privateKey }: Changes = {}) =>
    new SignJWT(withoutGaps({ iss: parties.issuer, aud: parties.audience, ...known.claims, ...claims }))
      .setProtectedHeader({ alg, ...withoutGaps({ kid, typ: 'at+jwt', ...header }) })
      .sign(key);
  return { jwk, sign };
}

function withoutGaps(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

import { base64url, jwtVerify, SignJWT } from 'jose';
import type { FloorEnv } from './env.ts';
import { keysOf } from './keys.ts';

const encoder = new TextEncoder();

/** The session and the user of the access token in `header`, verified. */
export async function verifyBearer(env: FloorEnv, header: string | undefined): Promise<{ sid: string; sub: string }> {
  return verifyToken(env, header?.slice('Bearer '.length) ?? '');
}

/** The session and the user of `token`, verified. */
export async function verifyToken(env: FloorEnv, token: string): Promise<{ sid: string; sub: string }> {
  const { verifier } = await keysOf(env);
  const options = { typ: 'at+jwt', issuer: env.ISSUER, audience: env.AUDIENCE };
  const { payload } = await jwtVerify(token, verifier, options);
  return { sid: String(payload['sid']), sub: String(payload.sub) };
}

/** What a client gets: a signed access token, and the refresh token of the generation. */
export async function issue(env: FloorEnv, session: { id: string; userId: string; generation: number }, at: number) {
  const { kid, signer, refresh } = await keysOf(env);
  const iat = Math.floor(at / 1000);
  const user = { admin: false, email_verified: false, user_version: 0 };
  const accessToken = await new SignJWT({ sid: session.id, client_id: 'first-party', ...user })
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' })
    .setIssuer(env.ISSUER)
    .setAudience(env.AUDIENCE)
    .setSubject(session.userId)
    .setIssuedAt(iat)
    .setExpirationTime(iat + 900)
    .setJti(crypto.randomUUID())
    .sign(signer);
  const body = `${session.id}.${session.generation}`;
  const refreshToken = `${body}.${await macOf(refresh, body)}`;
  return {
    status: 'success',
    message: 'Successfully logged in.',
    auth_token: accessToken,
    token_type: 'Bearer',
    expires_in: 900,
    refresh_token: refreshToken,
    refresh_expires_in: 2_592_000,
  };
}

/** The session and the generation of a refresh token, verified. */
export async function verifyRefresh(env: FloorEnv, token: string): Promise<{ sessionId: string; generation: number }> {
  const [sessionId = '', generation = '', mac = ''] = token.split('.');
  const { refresh } = await keysOf(env);
  const body = encoder.encode(`${sessionId}.${generation}`);
  const isSigned = await crypto.subtle.verify('HMAC', refresh, base64url.decode(mac), body);
  if (!isSigned) throw new TypeError('not a refresh token');
  return { sessionId, generation: Number(generation) };
}

/** HMAC-SHA256 in base64url. */
export async function macOf(key: CryptoKey, text: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text))));
}

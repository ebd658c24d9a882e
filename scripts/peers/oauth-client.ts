import { createHash, randomBytes } from 'node:crypto';

/** A client of the OAuth endpoints. */
export type OAuthClient = { id: string; secret: string };

/** New credentials, and their entry of `OAUTH_CLIENTS`. The dot and the dash of the id are form-encoded by some software. */
export function makeOAuthClient(): OAuthClient & { entry: string } {
  const id = 'peers.resource-server';
  const secret = randomBytes(32).toString('base64url');
  return { id, secret, entry: `${id}:${createHash('sha256').update(secret).digest('base64url')}` };
}

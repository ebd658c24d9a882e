import { createHash, randomBytes } from 'node:crypto';

/** A client of the OAuth endpoints. */
export type OAuthClient = { id: string; secret: string };

/** Fresh credentials for the client `id`, and their entry in `OAUTH_CLIENTS`. */
export function makeOAuthClient(id: string): OAuthClient & { entry: string } {
  const secret = randomBytes(32).toString('base64url');
  return { id, secret, entry: `${id}:${createHash('sha256').update(secret).digest('base64url')}` };
}

import type { Client } from '../harness/http-client.ts';
import { changeUser } from '../harness/operator.ts';

/** A Latchkey that this process operates, and a client of it. */
export type Operated = { url: string; client: Client };

/** As many roles as a user may have, each as long as a token has room for: nearly the longest `X-Roles`. */
export const MOST_ROLES = Array.from({ length: 32 }, (_, index) => String(index).padStart(60, '0'));

/** Registers a user who has `roles`, and returns an access token. */
export async function registerWithRoles({ url, client }: Operated, roles: string[]): Promise<string> {
  const user = { email: `${crypto.randomUUID()}@example.org`, password: '123456' };
  const { accessToken } = await client.register(user);
  if (roles.length === 0) return accessToken;
  await changeUser(url, user.email, { roles });
  // The change has made the first token expire.
  return (await client.logIn(user)).accessToken;
}

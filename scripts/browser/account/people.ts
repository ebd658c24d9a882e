import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What the service answers to an app. */
const answer = z.object({
  auth_token: z.string().optional(),
  refresh_token: z.string().optional(),
  challenge_token: z.string().optional(),
  code: z.string().optional(),
  data: z.object({ email: z.string(), email_verified: z.boolean() }).optional(),
});

/** An address that nobody has registered. */
export const newEmail = () => `joe-${randomUUID()}@gmail.com`;

/** Calls the service as an app does that somebody has logged in to. A POST when there is a `body`. */
export async function call(url: string, path: string, { body, token }: { body?: object; token?: string } = {}) {
  const headers = {
    'Content-Type': 'application/json',
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, ...answer.parse(await response.json()) };
}

/** Registers somebody new, and returns the address and the tokens. */
export async function registerSomebody(url: string, password: string) {
  const email = newEmail();
  const {
    status,
    auth_token: access = '',
    refresh_token: refresh = '',
  } = await call(url, '/auth/register', {
    body: { email, password },
  });
  assert.equal(status, 201);
  return { email, access, refresh };
}

/** Asserts whether somebody can log in. */
export async function assertLogin(url: string, email: string, password: string, status: 200 | 404): Promise<void> {
  assert.equal((await call(url, '/auth/login', { body: { email, password } })).status, status);
}

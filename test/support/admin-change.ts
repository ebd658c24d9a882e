import { decodeJwt } from 'jose';
import type { startAdministration } from './administration.ts';
import type { Change } from './change.ts';
import { tokensOf } from './service.ts';

export type Administration = ReturnType<typeof startAdministration>;

/** A request of the admin API. Its events are about `userId`: without it, about the user who is made. */
type Request = {
  route: string;
  body?: unknown;
  headers?: Record<string, string>;
  userId?: string | null;
  sessionId?: string;
};

/** As a `Change`, for whom `by` names: without it, for operators and for administrators. */
export type AdminChange = Omit<Change, 'prepare'> & {
  by?: 'operator';
  env?: object;
  prepare: (service: Administration) => Promise<Request>;
};

/** Makes a user with these fields, who logs in `logins` times. Returns the ids of the sessions with the user. */
export async function makeUser({ make, logIn }: Administration, fields: object = {}, logins = 0) {
  const user = await make(fields);
  const sessions: string[] = [];
  for (let i = 0; i < logins; i += 1) sessions.push(String(decodeJwt(tokensOf(await logIn(user)).access)['sid']));
  return { ...user, sessions };
}

import { ask, readJson } from './ask.ts';
import { textOf } from './json-field.ts';
import { ProgramRefused } from './program-refused.ts';

/** What the service tells a reverse proxy about the bearer. */
const HEADERS = ['X-Kind', 'X-User-Id', 'X-Roles', 'X-Session-Id', 'X-Client-Id', 'X-Key-Id', 'X-Scopes'];

/** Asks whether a place that names `scope` lets in the bearer of `credential`. Returns the headers about the bearer. */
export async function verify(credential: string, scope: string): Promise<Record<string, string>> {
  const headers = { Authorization: `Bearer ${credential.trim()}` };
  const response = await ask(verifyPath(scope), { headers });
  const about: Record<string, string> = {};
  for (const name of HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) about[name] = value;
  }
  return about;
}

/** Without a scope, the place lets in people only. */
export const verifyPath = (scope: string) =>
  scope.trim() === '' ? '/auth/verify' : `/auth/verify?${new URLSearchParams({ scope: scope.trim() }).toString()}`;

/** The access token that the token endpoint gives for `fields`, of which empty ones are left out. */
export async function getToken(fields: Record<string, string>): Promise<string> {
  const given = Object.entries(fields).filter(([, value]) => value.trim() !== '');
  const body = new URLSearchParams(given.map(([name, value]) => [name, value.trim()]));
  const response = await ask('/oauth/token', { method: 'POST', body });
  const token = textOf(await readJson(response), 'access_token');
  if (token === undefined) throw new ProgramRefused('unexpected_response', 'The response has no access token.');
  return token;
}

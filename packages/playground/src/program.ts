import { fieldOf } from './json-field.ts';
import { ProgramRefused } from './program-refused.ts';
import { send } from './send.ts';

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
  const token = fieldOf(await readJson(response), 'access_token');
  if (typeof token !== 'string') throw new ProgramRefused('unexpected_response', 'The response has no access token.');
  return token;
}

/** Without credentials of the browser, which would ask the user for a password after a 401 of a client. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  const response = await send(path, { ...init, credentials: 'omit' }).catch(() => {
    throw new ProgramRefused('unreachable', 'There was no response.');
  });
  if (!response.ok) throw await refusalOf(response);
  return response;
}

async function refusalOf(response: Response): Promise<ProgramRefused> {
  const body = await readJson(response);
  const read = (...names: string[]) =>
    names.map((name) => fieldOf(body, name)).find((value) => typeof value === 'string');
  const wait = response.headers.get('Retry-After');
  return new ProgramRefused(
    read('code', 'error') ?? 'unexpected_response',
    read('message', 'error_description') ?? `The response (${response.status}) is not one of Latchkey.`,
    wait === null ? undefined : Number(wait),
  );
}

const readJson = (response: Response): Promise<unknown> => response.json().catch(() => undefined);

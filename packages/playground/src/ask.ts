import { LatchkeyError } from 'latchkey-client';
import { ProgramRefused, refusalOf } from './program-refused.ts';
import { send } from './send.ts';

/**
 * Sends a request, with `by` if not with the `fetch` of this page. Goes without credentials of the browser, which would
 * ask the user for a password after a 401 of a client. Throws `ProgramRefused`, and what the client throws.
 */
export async function ask(path: string, init: RequestInit, by: typeof fetch = send): Promise<Response> {
  const response = await by(path, { ...init, credentials: 'omit' }).catch((error: unknown) => {
    if (error instanceof LatchkeyError) throw error;
    throw new ProgramRefused('unreachable', 'There was no response.');
  });
  if (!response.ok) throw refusalOf(response, await readJson(response));
  return response;
}

/** Sends `fields` as JSON, or no body without them, and returns the body of the response. Throws as `ask` does. */
export async function askJson(
  path: string,
  { method = 'POST', fields, by }: { method?: string; fields?: object | undefined; by?: typeof fetch | undefined } = {},
): Promise<unknown> {
  const content = fields && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fields) };
  return readJson(await ask(path, { method, ...content }, by));
}

/** The JSON body of a response; `undefined` when it has none. */
export const readJson = (response: Response): Promise<unknown> => response.json().catch(() => undefined);

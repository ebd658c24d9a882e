import { spoken } from './language.ts';

/** What is wrong with one field, in English. */
export type FieldError = { path: string; message: string };

/** Why the service did not do it. `unreachable` stands for every answer that is none of its own. */
export type Refusal = { code: string; errors: FieldError[] };

const DEADLINE_MS = 30_000;

/**
 * Posts `body` to the route below `/auth/` of the service that this page comes from. Returns `undefined` when that
 * worked. Drops what the service answered then: a page that anybody can open by a link keeps no login.
 */
export async function post(route: string, body: Record<string, string>): Promise<Refusal | undefined> {
  const answer = await ask(route, body);
  if (!isRecord(answer)) return { code: 'unreachable', errors: [] };
  const { status, code, errors } = answer;
  if (status === 'success') return undefined;
  const list: unknown[] = Array.isArray(errors) ? errors : [];
  return { code: typeof code === 'string' ? code : 'unreachable', errors: list.filter(isFieldError) };
}

/** The body of the answer, whatever its status: a refusal can have 202. `undefined` when there is none. */
async function ask(route: string, body: Record<string, string>): Promise<unknown> {
  try {
    const response = await fetch(`../auth/${route}`, {
      method: 'POST',
      // Mails come in the language of the page.
      headers: { 'Content-Type': 'application/json', 'Accept-Language': spoken() },
      body: JSON.stringify(body),
      credentials: 'omit',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return await response.json();
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
}

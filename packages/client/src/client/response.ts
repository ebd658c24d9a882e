import { challengeIn } from './challenge.ts';
import { type FieldError, LatchkeyError, refusalCodes, type RefusalCode } from './errors.ts';

/** A JSON object. */
export type Fields = Record<string, unknown>;

/** The body of a success. Throws `LatchkeyError`: with the code of a refusal, or with `unexpected_response`. */
export async function readSuccess(response: Response): Promise<Fields> {
  const body = await readJson(response);
  if (response.ok && body?.['status'] === 'success') return body;
  throw refusalOf(response, body);
}

/**
 * The body of a success that has made an account. Throws as `readSuccess` does, and `second_factor_enrolment_required` when
 * the user has to set up a second factor before the first login.
 */
export async function readNewAccount(response: Response): Promise<Fields> {
  const body = await readSuccess(response);
  const challenge = challengeIn(body);
  if (challenge === undefined || Object.hasOwn(body, 'auth_token')) return body;
  const message = 'The account is made. Set up a second factor to log in.';
  throw new LatchkeyError('second_factor_enrolment_required', message, { status: response.status, challenge });
}

/**
 * The body of a registration that has made an account. Throws as `readNewAccount` does, and `confirmation_required` for a
 * 202 that has only a message: the service makes the account once the address is confirmed.
 */
export async function readRegistration(response: Response): Promise<Fields> {
  const body = await readNewAccount(response);
  const { status } = response;
  if (status === 202 && typeof body['message'] === 'string' && !Object.hasOwn(body, 'auth_token')) {
    throw new LatchkeyError('confirmation_required', 'Check your mail.', { status });
  }
  return body;
}

/** The error for a response that does not have the shape of Latchkey's. */
export function unexpected({ status, type }: Response, cause?: unknown): LatchkeyError {
  // Browsers hide the status of a redirect.
  const what = type === 'opaqueredirect' ? 'a redirect' : status;
  const message = `The response (${what}) is not one of Latchkey. Is the URL right?`;
  return new LatchkeyError('unexpected_response', message, { status, cause });
}

/** The body, if it is a JSON object. */
export async function readJson(response: Response): Promise<Fields | undefined> {
  // A response that breaks off is a lost one, so this error is not for `unexpected`.
  const text = await response.text();
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A copy of `value` if it is an object. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function refusalOf(response: Response, body: Fields | undefined): LatchkeyError {
  const { status: word, code, message, request_id: id, errors }: Fields = body ?? {};
  // Latchkey sends `Retry-After` with every 503, but a service without mail sends none in a moment either.
  const retryAfterSeconds = code === 'mail_unavailable' ? undefined : secondsIn(response.headers.get('Retry-After'));
  if (word !== 'fail' || typeof code !== 'string' || typeof message !== 'string') {
    return Object.assign(unexpected(response), { retryAfterSeconds });
  }
  const fieldErrors = Array.isArray(errors) ? errors.flatMap(fieldErrorIn) : [];
  const sentences = [message, ...fieldErrors.map((error) => `${error.path}: ${error.message}`)];
  // A newer service may refuse with a code that this version does not know.
  if (!isRefusalCode(code)) sentences.push(`(${code.slice(0, 64)})`);
  return new LatchkeyError(isRefusalCode(code) ? code : 'unexpected_response', sentences.join(' '), {
    status: response.status,
    requestId: typeof id === 'string' ? id : undefined,
    errors: fieldErrors,
    retryAfterSeconds,
    ...needsIn(code, body ?? {}),
  });
}

/** What a refused request needs: a second factor, or a newer proof of who it is (RFC 9470). */
function needsIn(code: string, body: Fields) {
  if (code === 'second_factor_required' || code === 'second_factor_enrolment_required') {
    return { challenge: challengeIn(body) };
  }
  if (code !== 'insufficient_user_authentication') return {};
  const { max_age: maxAge, acr_values: acr } = body;
  return {
    maxAgeSeconds: typeof maxAge === 'number' ? maxAge : undefined,
    acrValues: typeof acr === 'string' ? acr : undefined,
  };
}

const isRefusalCode = (code: string): code is RefusalCode => refusalCodes.some((known) => known === code);

function fieldErrorIn(entry: unknown): FieldError[] {
  const { path, message } = fieldsOf(entry) ?? {};
  return typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : [];
}

/** `Retry-After` in seconds, as Latchkey sends it; `undefined` for a date or nothing. */
export function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}

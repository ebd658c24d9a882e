import type { LoginChallenge } from './challenge.ts';

/** The codes that the service refuses with. They are the rows of its table of refusals. */
export const refusalCodes = [
  'malformed_json',
  'invalid_request',
  'email_taken',
  'invalid_credentials',
  'second_factor_required',
  'second_factor_enrolment_required',
  'wrong_factor',
  'invalid_challenge_token',
  'invalid_passkey',
  'invalid_challenge',
  'wrong_password',
  'registration_closed',
  'missing_token',
  'logout_without_token',
  'malformed_token',
  'expired_token',
  'invalid_token',
  'revoked_token',
  'invalid_api_key',
  'user_required',
  'insufficient_scope',
  'insufficient_user_authentication',
  'invalid_refresh_token',
  'unknown_session',
  'unknown_user',
  'unknown_client',
  'unknown_secret',
  'unknown_key',
  'unknown_factor',
  'unknown_passkey',
  'keys_closed',
  'admin_required',
  'operator_required',
  'address_taken',
  'client_taken',
  'client_disabled',
  'too_many_secrets',
  'no_second_factor',
  'last_factor',
  'passkey_taken',
  'too_many_passkeys',
  'too_many_keys',
  'own_account',
  'last_admin',
  'precondition_failed',
  'user_disabled',
  'change_conflict',
  'invalid_client',
  'invalid_grant',
  'invalid_subject_token',
  'invalid_scope',
  'invalid_target',
  'unsupported_grant_type',
  'unauthorized_client',
  'not_found',
  'method_not_allowed',
  'body_too_large',
  'import_too_large',
  'unsupported_media_type',
  'ndjson_expected',
  'form_expected',
  'too_many_requests',
  'registration_failed',
  'login_failed',
  'internal_error',
  'storage_unavailable',
  'breach_check_unavailable',
  'mail_unavailable',
  'not_ready',
  'misconfigured',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/**
 * The codes of the client itself:
 *
 * - `unreachable`: there was no response. The network, CORS or a timeout can be why.
 * - `unexpected_response`: the response is not one of Latchkey, or has a code that this version does not know.
 * - `not_logged_in`: nobody is logged in, or the session is over.
 * - `confirmation_required`: the service mails a link and a code to register with. `confirmRegistration` takes them.
 * - `passkeys_unavailable`: the browser has no passkeys, or refuses to use them in this page. `cause` may say why.
 * - `passkey_cancelled`: the user has chosen no passkey, or a signal or a newer request has ended the request.
 * - `store_failed`: the store threw. `cause` is what it threw.
 */
export type ClientCode =
  | 'unreachable'
  | 'unexpected_response'
  | 'not_logged_in'
  | 'confirmation_required'
  | 'passkeys_unavailable'
  | 'passkey_cancelled'
  | 'store_failed';

export type LatchkeyErrorCode = RefusalCode | ClientCode;

/** What is wrong with one field of a request: a dotted path, and a sentence for people. */
export type FieldError = { path: string; message: string };

type Details = {
  /** The HTTP status, when there was a response. */
  status?: number | undefined;
  /** Names the request in the log of the service. */
  requestId?: string | undefined;
  errors?: FieldError[] | undefined;
  retryAfterSeconds?: number | undefined;
  /** With `second_factor_required` and `second_factor_enrolment_required`, where a login goes on. */
  challenge?: LoginChallenge | undefined;
  /** With `insufficient_user_authentication`: how long ago the user may have authenticated. */
  maxAgeSeconds?: number | undefined;
  /** With `insufficient_user_authentication`: `aal2` where a second factor is needed (RFC 9470, section 3). */
  acrValues?: string | undefined;
  cause?: unknown;
};

/** Thrown for everything that goes wrong, except a wrong call (`TypeError`). Switch on `code`; show `message`. */
export class LatchkeyError extends Error {
  readonly code: LatchkeyErrorCode;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly maxAgeSeconds: number | undefined;
  readonly acrValues: string | undefined;
  // Half of a login, which no log that prints the error may have.
  readonly #challenge: LoginChallenge | undefined;

  constructor(code: LatchkeyErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'LatchkeyError';
    this.code = code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.maxAgeSeconds = details.maxAgeSeconds;
    this.acrValues = details.acrValues;
    this.#challenge = details.challenge;
  }

  /** Where a login goes on: give it to `logInWithFactor`, or where the user has to set up a factor, to the methods for that. */
  get challenge(): LoginChallenge | undefined {
    return this.#challenge;
  }
}

/** Whether `error` is a `LatchkeyError` with one of `codes`. */
export function hasCode(error: unknown, ...codes: LatchkeyErrorCode[]): error is LatchkeyError {
  return error instanceof LatchkeyError && codes.includes(error.code);
}

/** The error for a call that needs a session when there is none. */
export const notLoggedIn = () => new LatchkeyError('not_logged_in', 'Nobody is logged in.');

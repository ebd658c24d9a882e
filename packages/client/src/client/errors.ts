/** The codes that the service refuses with. They are the rows of its table of refusals. */
export const refusalCodes = [
  'malformed_json',
  'invalid_request',
  'email_taken',
  'invalid_credentials',
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
  'invalid_refresh_token',
  'unknown_session',
  'unknown_user',
  'unknown_client',
  'unknown_secret',
  'unknown_key',
  'keys_closed',
  'admin_required',
  'operator_required',
  'address_taken',
  'client_taken',
  'client_disabled',
  'too_many_secrets',
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
 * - `store_failed`: the store threw. `cause` is what it threw.
 */
export type ClientCode =
  'unreachable' | 'unexpected_response' | 'not_logged_in' | 'confirmation_required' | 'store_failed';

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
  cause?: unknown;
};

/** Thrown for everything that goes wrong, except a wrong call (`TypeError`). Switch on `code`; show `message`. */
export class LatchkeyError extends Error {
  readonly code: LatchkeyErrorCode;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: LatchkeyErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'LatchkeyError';
    this.code = code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** Whether `error` is a `LatchkeyError` with one of `codes`. */
export function hasCode(error: unknown, ...codes: LatchkeyErrorCode[]): error is LatchkeyError {
  return error instanceof LatchkeyError && codes.includes(error.code);
}

/** The error for a call that needs a session when there is none. */
export const notLoggedIn = () => new LatchkeyError('not_logged_in', 'Nobody is logged in.');

/**
 * The one table of refusals. Clients switch on the code, which never changes; the message is for people. Where a route
 * needs another status or message, it gets a row of its own.
 */
export const refusals = {
  malformed_json: { status: 400, message: 'The request body is not valid JSON.' },
  invalid_request: { status: 400, message: 'The request is not valid.' },
  email_taken: { status: 202, message: 'User already exists. Please Log in.' },
  invalid_credentials: { status: 404, message: 'User does not exist.' },
  second_factor_required: { status: 403, message: 'The account has a second factor. Send that too.' },
  second_factor_enrolment_required: { status: 403, message: 'You need a second factor here. Set one up first.' },
  wrong_factor: { status: 403, message: 'The code or passkey is wrong, or was used before.' },
  invalid_challenge_token: { status: 400, message: 'This took too long, or began elsewhere. Please begin again.' },
  invalid_passkey: { status: 400, message: 'The passkey could not be verified.' },
  invalid_challenge: { status: 400, message: 'The link or code is wrong, used or too old. Ask for a new one.' },
  wrong_password: { status: 403, message: 'The current password is wrong.' },
  registration_closed: { status: 403, message: 'Registration is closed.' },
  missing_token: { status: 401, message: 'Provide a valid auth token.' },
  logout_without_token: { status: 403, message: 'Provide a valid auth token.' },
  malformed_token: { status: 401, message: 'Bearer token malformed.' },
  expired_token: { status: 401, message: 'Signature expired. Please log in again.' },
  invalid_token: { status: 401, message: 'Invalid token. Please log in again.' },
  revoked_token: { status: 401, message: 'Token blacklisted. Please log in again.' },
  invalid_api_key: { status: 401, message: 'The API key is wrong, revoked or expired.' },
  user_required: {
    status: 403,
    message: 'Only a person may do this. A machine or an API key gets in where a scope is named.',
  },
  insufficient_scope: { status: 403, message: 'The token does not have a scope that is needed here.' },
  insufficient_user_authentication: { status: 401, message: 'Please prove again that it is you.' },
  invalid_refresh_token: { status: 401, message: 'Invalid refresh token. Please log in again.' },
  unknown_session: { status: 404, message: 'There is no such session.' },
  unknown_user: { status: 404, message: 'There is no such user.' },
  unknown_client: { status: 404, message: 'There is no such client.' },
  unknown_secret: { status: 404, message: 'The client has no such secret.' },
  unknown_key: { status: 404, message: 'There is no such API key.' },
  unknown_factor: { status: 404, message: 'The account has no such factor.' },
  unknown_passkey: { status: 404, message: 'There is no such passkey.' },
  keys_closed: { status: 403, message: 'You have no scopes here, and so no API keys.' },
  admin_required: { status: 403, message: 'Only an administrator may do this.' },
  operator_required: { status: 403, message: 'Only an operator may do this.' },
  address_taken: { status: 409, message: 'Another account has this address.' },
  client_taken: { status: 409, message: 'Another client has this id.' },
  client_disabled: { status: 409, message: 'The client is disabled. Enable it first.' },
  too_many_secrets: { status: 409, message: 'The client has two secrets. Delete one first.' },
  no_second_factor: { status: 409, message: 'The account has no second factor. Set one up first.' },
  last_factor: { status: 409, message: 'You need a second factor here. Set up another one first.' },
  passkey_taken: { status: 409, message: 'This passkey is registered already.' },
  too_many_passkeys: { status: 409, message: 'There are too many passkeys. Remove one first.' },
  too_many_keys: { status: 409, message: 'There are too many API keys. Revoke some first.' },
  own_account: { status: 409, message: 'You cannot do this to your own account.' },
  last_admin: { status: 409, message: 'This is the last administrator. Make another one first.' },
  precondition_failed: { status: 412, message: 'The user has changed since. Read it again.' },
  user_disabled: { status: 409, message: 'The account is disabled. Enable it first.' },
  change_conflict: { status: 409, message: 'Somebody else is changing this too. Please try again.' },
  invalid_client: { status: 401, message: 'The client is not known, or its secret is wrong.' },
  invalid_grant: { status: 400, message: 'The refresh token is wrong, used or too old.' },
  invalid_subject_token: { status: 400, message: 'The subject_token is no API key that is in force.' },
  invalid_scope: { status: 400, message: 'The scope names one that you do not have.' },
  invalid_target: { status: 400, message: 'The resource is none of this service.' },
  unsupported_grant_type: { status: 400, message: 'The service does not have this grant_type.' },
  unauthorized_client: { status: 400, message: 'The client may not do this.' },
  not_found: { status: 404, message: 'There is no such route.' },
  method_not_allowed: { status: 405, message: 'This route does not answer that method.' },
  body_too_large: { status: 413, message: 'The request body is larger than 16 KiB.' },
  import_too_large: { status: 413, message: 'An import takes at most 1 MiB at once.' },
  unsupported_media_type: { status: 415, message: 'Send the body as application/json.' },
  ndjson_expected: { status: 415, message: 'Send the body as application/x-ndjson.' },
  form_expected: { status: 415, message: 'Send the body as application/x-www-form-urlencoded.' },
  too_many_requests: { status: 429, message: 'Too many requests. Please try again in a minute.' },
  registration_failed: { status: 500, message: 'Some error occurred. Please try again.' },
  login_failed: { status: 500, message: 'Try again' },
  internal_error: { status: 500, message: 'Some error occurred. Please try again.' },
  storage_unavailable: { status: 503, message: 'The service cannot reach its storage. Please try again.' },
  breach_check_unavailable: { status: 503, message: 'The password could not be checked. Please try again.' },
  mail_unavailable: { status: 503, message: 'The service sends no mail.' },
  not_ready: { status: 503, message: 'The service is not ready.' },
  misconfigured: { status: 503, message: 'Service unavailable.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type RefusalCode = keyof typeof refusals;

/** What is wrong with one field: a dotted path, and a sentence that does not repeat the value. */
export type FieldError = { path: string; message: string };

/**
 * What a user has to do again to get in (RFC 9470, section 3): to authenticate at most `maxAgeSeconds` ago, and at the
 * level `acr` if there is one.
 */
export type StepUp = { maxAgeSeconds: number; acr: 'aal2' | undefined };

type RefusalOptions = {
  reason?: string | undefined;
  cause?: unknown;
  errors?: FieldError[];
  needed?: readonly string[];
  stepUp?: StepUp;
};

/**
 * Thrown to refuse a request. The client gets the row of `code` and the `errors`; the `reason` goes to the log only.
 * None of them may hold a secret, a token, a password or an e-mail address.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly reason: string | undefined;
  readonly errors: FieldError[] | undefined;
  /** The scopes that the request needs, for `insufficient_scope`. */
  readonly needed: readonly string[] | undefined;
  /** The authentication that the request needs, for `insufficient_user_authentication`. */
  readonly stepUp: StepUp | undefined;

  constructor(code: RefusalCode, options: RefusalOptions = {}) {
    super(refusals[code].message, { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.reason = options.reason;
    this.errors = options.errors;
    this.needed = options.needed;
    this.stepUp = options.stepUp;
  }
}

/**
 * Thrown when the database, KV or another service that we call fails. The message is the driver's own `complaint`. It
 * names tables and columns and never a bound value, so it may be logged.
 */
export class StorageFailure extends Error {
  constructor(
    source: 'database' | 'denylist' | 'rate limiter' | 'breach check',
    cause: unknown,
    complaint: string = messageOf(cause),
  ) {
    super(`${source}: ${complaint}`, { cause });
    this.name = 'StorageFailure';
  }
}

/** The message of an error. Anything may be thrown, also what has none. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'an unknown failure';
}

/** The code of the response to `error`. A bug gets `failure`, the code of its route. */
export function codeOf(error: unknown, failure: RefusalCode = 'internal_error'): RefusalCode {
  if (error instanceof Refusal) return error.code;
  if (error instanceof StorageFailure) return 'storage_unavailable';
  return failure;
}

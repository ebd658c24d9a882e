// packages/playground/src/dom.ts
function find(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The page has no ${type.name} with the id ${id}.`);
}
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...children);
  return element;
}
function onClick(id, listener) {
  find(id, HTMLButtonElement).addEventListener("click", () => void listener());
}

// packages/playground/src/account.ts
var words = {
  email: "E-mail",
  email_verified: "E-mail verified",
  user_id: "User id",
  admin: "Administrator",
  locale: "Language of mails",
  roles: "Roles",
  claims: "Claims",
  registered_on: "Registered",
  disabled_on: "Disabled",
  second_factor: "Second factor",
  factors: "Factors",
  undeliverable_on: "Undeliverable",
  live_sessions: "Live sessions",
  password_scheme: "Password scheme",
  password_usable: "Password usable",
  last_login_on: "Last login",
  last_failed_on: "Last failure",
  waits: "Has to wait",
  client_id: "Client id",
  name: "Name",
  scopes: "Scopes",
  jwks: "Public keys",
  created_on: "Made",
  last_used_on: "Last used",
  last_refused_on: "Last refused"
};
var guest = find("guest", HTMLDivElement);
var view = find("user", HTMLDivElement);
function showAccount(user) {
  const hasFocus = document.activeElement?.closest("form, #user, #sessions, #administration, #factors, #api-keys") !== null;
  const isChange = guest.hidden !== (user !== void 0);
  guest.hidden = user !== void 0;
  if (isChange) clearSecrets();
  view.hidden = user === void 0;
  find("user-fields", HTMLDListElement).replaceChildren(...fieldRows(user ?? {}));
  if (!isChange || !hasFocus) return;
  if (user === void 0) find("email", HTMLInputElement).focus();
  else find("account-title", HTMLHeadingElement).focus();
}
function clearSecrets() {
  const secrets2 = 'input:is([type="password"], [autocomplete="one-time-code"])';
  const inputs = document.querySelectorAll(secrets2);
  for (const input of inputs) input.value = "";
}
var fieldRows = (fields) => Object.entries(fields).flatMap(([name, value]) => [
  make("dt", "", words[name] ?? name),
  make("dd", "", showValue(name, value))
]);
function showValue(name, value) {
  if (name.endsWith("_on") && typeof value === "string") return new Date(value).toLocaleString();
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return "–";
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
function readCredentials() {
  const [email, password] = [find("email", HTMLInputElement).value, find("password", HTMLInputElement).value];
  return { email, password };
}

// packages/client/src/client/errors.ts
var refusalCodes = [
  "malformed_json",
  "invalid_request",
  "email_taken",
  "invalid_credentials",
  "second_factor_required",
  "second_factor_enrolment_required",
  "wrong_factor",
  "invalid_challenge_token",
  "invalid_passkey",
  "invalid_challenge",
  "wrong_password",
  "registration_closed",
  "missing_token",
  "logout_without_token",
  "malformed_token",
  "expired_token",
  "invalid_token",
  "revoked_token",
  "invalid_api_key",
  "user_required",
  "insufficient_scope",
  "insufficient_user_authentication",
  "invalid_refresh_token",
  "unknown_session",
  "unknown_user",
  "unknown_client",
  "unknown_secret",
  "unknown_key",
  "unknown_factor",
  "unknown_passkey",
  "keys_closed",
  "admin_required",
  "operator_required",
  "address_taken",
  "client_taken",
  "client_disabled",
  "too_many_secrets",
  "no_second_factor",
  "last_factor",
  "passkey_taken",
  "too_many_passkeys",
  "too_many_keys",
  "own_account",
  "last_admin",
  "precondition_failed",
  "user_disabled",
  "change_conflict",
  "invalid_client",
  "invalid_grant",
  "invalid_subject_token",
  "invalid_scope",
  "invalid_target",
  "unsupported_grant_type",
  "unauthorized_client",
  "not_found",
  "method_not_allowed",
  "body_too_large",
  "import_too_large",
  "unsupported_media_type",
  "ndjson_expected",
  "form_expected",
  "too_many_requests",
  "registration_failed",
  "login_failed",
  "internal_error",
  "storage_unavailable",
  "breach_check_unavailable",
  "mail_unavailable",
  "not_ready",
  "misconfigured"
];
var LatchkeyError = class extends Error {
  code;
  status;
  requestId;
  errors;
  retryAfterSeconds;
  maxAgeSeconds;
  acrValues;
  // Half of a login, which no log that prints the error may have.
  #challenge;
  constructor(code, message, details = {}) {
    super(message, details.cause === void 0 ? {} : { cause: details.cause });
    this.name = "LatchkeyError";
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
  get challenge() {
    return this.#challenge;
  }
};
function hasCode(error, ...codes) {
  return error instanceof LatchkeyError && codes.includes(error.code);
}
var notLoggedIn = () => new LatchkeyError("not_logged_in", "Nobody is logged in.");

// packages/client/src/verify/shapes.ts
function isTexts(value) {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// packages/client/src/client/challenge.ts
function challengeIn(body) {
  const { challenge_token: token2, expires_in: expiresInSeconds, methods, passkey_options: options } = body;
  if (typeof token2 !== "string" || typeof expiresInSeconds !== "number" || !Array.isArray(methods)) return void 0;
  const passkeyOptions = isPasskeyOptions(options) ? options : void 0;
  return { token: token2, expiresInSeconds, methods: methods.filter(isMethod), passkeyOptions };
}
function isPasskeyOptions(value) {
  return isRecord(value) && typeof value["challenge"] === "string";
}
var isMethod = (value) => value === "totp" || value === "passkey" || value === "recovery_code";

// packages/client/src/client/response.ts
async function readSuccess(response) {
  const body = await readJson(response);
  if (response.ok && body?.["status"] === "success") return body;
  throw refusalOf(response, body);
}
async function readNewAccount(response) {
  const body = await readSuccess(response);
  const challenge3 = challengeIn(body);
  if (challenge3 === void 0 || Object.hasOwn(body, "auth_token")) return body;
  const message = "The account is made. Set up a second factor to log in.";
  throw new LatchkeyError("second_factor_enrolment_required", message, { status: response.status, challenge: challenge3 });
}
async function readRegistration(response) {
  const body = await readNewAccount(response);
  const { status } = response;
  if (status === 202 && typeof body["message"] === "string" && !Object.hasOwn(body, "auth_token")) {
    throw new LatchkeyError("confirmation_required", "Check your mail.", { status });
  }
  return body;
}
function unexpected({ status, type }, cause) {
  const what = type === "opaqueredirect" ? "a redirect" : status;
  const message = `The response (${what}) is not one of Latchkey. Is the URL right?`;
  return new LatchkeyError("unexpected_response", message, { status, cause });
}
async function readJson(response) {
  const text = await response.text();
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return void 0;
  }
}
function fieldsOf(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : void 0;
}
function refusalOf(response, body) {
  const { status: word, code, message, request_id: id, errors } = body ?? {};
  const retryAfterSeconds = code === "mail_unavailable" ? void 0 : secondsIn(response.headers.get("Retry-After"));
  if (word !== "fail" || typeof code !== "string" || typeof message !== "string") {
    return Object.assign(unexpected(response), { retryAfterSeconds });
  }
  const fieldErrors = Array.isArray(errors) ? errors.flatMap(fieldErrorIn) : [];
  const sentences = [message, ...fieldErrors.map((error) => `${error.path}: ${error.message}`)];
  if (!isRefusalCode(code)) sentences.push(`(${code.slice(0, 64)})`);
  return new LatchkeyError(isRefusalCode(code) ? code : "unexpected_response", sentences.join(" "), {
    status: response.status,
    requestId: typeof id === "string" ? id : void 0,
    errors: fieldErrors,
    retryAfterSeconds,
    ...needsIn(code, body ?? {})
  });
}
function needsIn(code, body) {
  if (code === "second_factor_required" || code === "second_factor_enrolment_required") {
    return { challenge: challengeIn(body) };
  }
  if (code !== "insufficient_user_authentication") return {};
  const { max_age: maxAge, acr_values: acr } = body;
  return {
    maxAgeSeconds: typeof maxAge === "number" ? maxAge : void 0,
    acrValues: typeof acr === "string" ? acr : void 0
  };
}
var isRefusalCode = (code) => refusalCodes.some((known) => known === code);
function fieldErrorIn(entry) {
  const { path, message } = fieldsOf(entry) ?? {};
  return typeof path === "string" && typeof message === "string" ? [{ path, message }] : [];
}
function secondsIn(header) {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : void 0;
}

// packages/client/src/client/account.ts
function parseUser(data) {
  const {
    user_id: id,
    email,
    email_verified: isVerified,
    admin: admin2,
    roles = [],
    claims = {},
    locale,
    registered_on: on,
    ...others
  } = fieldsOf(data) ?? {};
  const own = fieldsOf(claims);
  if (!isText(id) || !isText(email) || typeof admin2 !== "boolean" || !isTexts(roles) || !own || !isText(on)) {
    throw new LatchkeyError("unexpected_response", "The response is not an account.");
  }
  const address = { email, email_verified: isVerified === true };
  const rights = { admin: admin2, roles, claims: own };
  return { user_id: id, ...address, ...rights, locale: textOrNull(locale), registered_on: on, ...others };
}
function parseSessions(data) {
  if (!Array.isArray(data)) throw notSessions();
  return data.map(parseSession);
}
function parseSession(entry) {
  const { current, ...session } = parseAnySession(entry);
  if (typeof current !== "boolean") throw notSessions();
  return { ...session, current };
}
function parseAnySession(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { id, started_on: start, last_used_on: use, expires_on: end } = fields;
  if (!isText(id) || !isText(start) || !isText(use) || !isText(end)) throw notSessions();
  return { ...fields, id, started_on: start, last_used_on: use, expires_on: end, ...deviceIn(fields) };
}
function deviceIn(fields) {
  const [prefix, country, agent] = [fields["address_prefix"], fields["country"], fields["user_agent"]].map(textOrNull);
  return { address_prefix: prefix ?? null, country: country ?? null, user_agent: agent ?? null };
}
var isText = (value) => typeof value === "string";
var textOrNull = (value) => isText(value) ? value : null;
var notSessions = () => new LatchkeyError("unexpected_response", "The response is not a list of sessions.");

// packages/client/src/client/lists.ts
function parsePart(body, parse) {
  const { data } = body;
  if (!Array.isArray(data)) throw notList();
  return { entries: data.map(parse), next: cursorIn(body) };
}
function cursorIn({ next }) {
  if (next === null) return void 0;
  if (typeof next !== "string") throw notList();
  return next;
}
var notList = () => new LatchkeyError("unexpected_response", "The response is not a list.");

// packages/client/src/client/names.ts
function rename(names, given) {
  checkNames(names, given);
  const wire = {};
  for (const [name, value] of Object.entries(given)) if (value !== void 0) wire[names[name] ?? name] = value;
  return wire;
}
function checkNames(names, given) {
  if (typeof given !== "object" || given === null) throw new TypeError("Give an object.");
  const strange = Object.keys(given).find((name) => !Object.hasOwn(names, name));
  if (strange === void 0) return;
  const known = Object.keys(names).map((name) => `"${name}"`);
  throw new TypeError(`There is no "${strange}" here. Known names: ${known.join(", ")}.`);
}

// packages/client/src/client/api-keys.ts
var KEY_NAMES = { name: "name", scopes: "scopes", expiresInDays: "expires_in_days" };
var PAGE_NAMES = { after: "after", limit: "limit" };
function keyFields(given) {
  const fields = rename(KEY_NAMES, given);
  if (typeof fields["name"] === "string") return fields;
  throw new TypeError("Give an object with a text for name.");
}
var pageFields = (page) => rename(PAGE_NAMES, page);
function parseNewKey({ key, data }) {
  if (!isText(key)) throw notKey();
  return { ...parseKey(data), key };
}
function parseKeys(body) {
  const { entries: entries2, next } = parsePart(body, parseKey);
  return { keys: entries2, next };
}
function parseKey(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { key_id: id, name, scopes, created_on: on, expires_on: end, last_used_on: use } = fields;
  if (!isText(id) || !isText(name) || !isTexts(scopes) || !isText(on) || !isTime(end)) throw notKey();
  return { ...fields, key_id: id, name, scopes, created_on: on, expires_on: end, last_used_on: textOrNull(use) };
}
var isTime = (value) => value === null || isText(value);
var notKey = () => new LatchkeyError("unexpected_response", "The response is not an API key.");

// packages/client/src/client/events.ts
function parseEvents(body) {
  const { entries: entries2, next } = parsePart(body, parseEvent);
  return { events: entries2, next };
}
function parseEvent(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { id, type, at, actor, user_id: user, session_id: session, request_id: request, data } = fields;
  if (!isText(id) || !isText(type) || !isText(at) || !isText(actor)) {
    throw new LatchkeyError("unexpected_response", "The response is not a list of events.");
  }
  const ids = { user_id: textOrNull(user), session_id: textOrNull(session), request_id: textOrNull(request) };
  return { ...fields, id, type, at, actor, ...ids, ...deviceIn(fields), data: fieldsOf(data) ?? null };
}

// packages/client/src/client/given.ts
function checkedCredentials(given) {
  checkTexts(given, "email", "password");
  return { email: given.email, password: given.password };
}
function checkedProof(given) {
  if (hasToken(given)) return checkedToken(given);
  checkTexts(given, "code");
  return { code: given.code };
}
function checkedProofOfEmail(given) {
  if (hasToken(given)) return checkedToken(given);
  checkTexts(given, "email", "code");
  return { email: given.email, code: given.code };
}
function checkTexts(given, ...names) {
  if (names.every((name) => typeof Reflect.get(Object(given), name) === "string")) return;
  throw new TypeError(`Give an object with a text for ${names.join(" and ")}.`);
}
function checkedToken(given) {
  checkTexts(given, "token");
  return { token: given.token };
}
function hasToken(given) {
  return Reflect.get(Object(given), "token") !== void 0;
}

// packages/client/src/client/factors.ts
var FACTOR_NAMES = { code: "code", recoveryCode: "recovery_code", passkey: "passkey" };
var PROOF_NAMES = { password: "password", ...FACTOR_NAMES };
var factorFields = (given) => soleField(FACTOR_NAMES, given);
var proofFields = (given) => soleField(PROOF_NAMES, given);
function challengeFields(challenge3) {
  checkTexts(challenge3, "token");
  return { challenge_token: challenge3.token };
}
function parseFactors(data) {
  const fields = fieldsOf(data) ?? {};
  const { totp, passkeys, recovery_codes: codes, required } = fields;
  if (!Array.isArray(passkeys) || typeof required !== "boolean") throw unlike("a list of factors");
  return {
    ...fields,
    totp: totp === null ? null : parseTotp(totp),
    passkeys: passkeys.map(parsePasskey),
    recovery_codes: codes === null ? null : parseCodes(codes),
    required
  };
}
function parsePasskeyId(data) {
  const fields = fieldsOf(data) ?? {};
  const { id } = fields;
  if (!isText(id)) throw unlike("a passkey");
  return { ...fields, id };
}
function parsePasskey(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { id, name, added_on: on, last_used_on: use, backed_up: isBackedUp } = fields;
  if (!isText(id) || !isText(name) || !isText(on) || typeof isBackedUp !== "boolean") throw unlike("a passkey");
  return { ...fields, id, name, added_on: on, last_used_on: textOrNull(use), backed_up: isBackedUp };
}
function parseNewTotp(data) {
  const { secret, otpauth_uri: uri, qr_svg: qr, enrolment_token: token2, expires_in: seconds } = fieldsOf(data) ?? {};
  if (!isText(secret) || !isText(uri) || !isText(qr) || !isText(token2) || typeof seconds !== "number") {
    throw unlike("an app to set up");
  }
  return { secret, otpauthUri: uri, qrSvg: qr, enrolmentToken: token2, expiresInSeconds: seconds };
}
function parseRecoveryCodes(data) {
  const codes = fieldsOf(data)?.["recovery_codes"];
  if (!isTexts(codes)) throw unlike("a list of recovery codes");
  return codes;
}
function parseEnrolled(body) {
  return { recoveryCodes: body["recovery_codes"] === null ? void 0 : parseRecoveryCodes(body) };
}
function parsePasskeyOptions(data) {
  if (!isPasskeyOptions(data)) throw unlike("the options for a passkey");
  return data;
}
function soleField(names, given) {
  const fields = rename(names, { ...given });
  const [name, ...others] = Object.keys(fields);
  const value = name === void 0 ? void 0 : fields[name];
  const isGood = name === "passkey" ? value === true || fieldsOf(value) !== void 0 : isText(value);
  if (isGood && others.length === 0) return fields;
  throw new TypeError(`Give an object with one of ${Object.keys(names).join(", ")}.`);
}
function parseTotp(value) {
  const fields = fieldsOf(value) ?? {};
  const { added_on: on, last_used_on: use } = fields;
  if (!isText(on)) throw unlike("a list of factors");
  return { ...fields, added_on: on, last_used_on: textOrNull(use) };
}
function parseCodes(value) {
  const fields = fieldsOf(value) ?? {};
  const { left, made_on: on } = fields;
  if (typeof left !== "number" || !isText(on)) throw unlike("a list of factors");
  return { ...fields, left, made_on: on };
}
var unlike = (what) => new LatchkeyError("unexpected_response", `The response is not ${what}.`);

// packages/client/src/client/account-export.ts
function parseExport(data) {
  const fields = fieldsOf(data) ?? {};
  const { account, sessions, keys = [], factors, events = [] } = fields;
  if (!Array.isArray(events) || !Array.isArray(keys))
    throw new LatchkeyError("unexpected_response", "The response is not an export.");
  return {
    ...fields,
    account: parseUser(account),
    sessions: parseSessions(sessions),
    keys: keys.map(parseKey),
    ...factors !== void 0 && { factors: parseFactors(factors) },
    events: events.map(parseEvent)
  };
}

// packages/client/src/client/request.ts
var TIMEOUT_MS = 2e4;
function createRequest(url, send3) {
  return async function request(path, { method = "GET", accessToken, ifMatch, ...content }, read3) {
    const { type, text: body } = bodyOf(content);
    const headers = new Headers(type === void 0 ? void 0 : { "Content-Type": type });
    if (accessToken !== void 0) headers.set("Authorization", `Bearer ${accessToken}`);
    if (ifMatch !== void 0) headers.set("If-Match", ifMatch);
    const options = { method, headers, body, cache: "no-store", credentials: "omit", redirect: "manual" };
    try {
      return await read3(await send3(url + path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }));
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause;
      throw new LatchkeyError("unreachable", "The login service cannot be reached.", { cause });
    }
  };
}
function bodyOf({ fields, lines }) {
  if (lines !== void 0) {
    return { type: "application/x-ndjson", text: lines.map((line) => `${JSON.stringify(line)}
`).join("") };
  }
  if (fields !== void 0) return { type: "application/json", text: JSON.stringify(fields) };
  return { text: null };
}
function withQuery(path, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== void 0) query.set(name, String(value));
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
function pathOf(...ids) {
  if (ids.every((id) => typeof id === "string" && !["", ".", ".."].includes(id))) {
    return ids.map((id) => `/${encodeURIComponent(id)}`).join("");
  }
  throw new TypeError("Give the id as a text.");
}

// packages/client/src/client/account-calls.ts
function createAccountCalls({ service, keeper, withTokens }) {
  const ask3 = (path, fields) => service.call(path, { method: "POST", fields });
  const redeem = async (path, proof) => {
    const attempt = service.once(path, proof, "invalid_challenge");
    await ("token" in proof ? attempt() : withTokens(({ accessToken }) => attempt(accessToken)));
  };
  return {
    /**
     * Mails a link and a code for `confirmRegistration`. Does not tell whether there is an account. Refusals:
     * `invalid_request`, also with `REGISTRATION=open`, where the password is missing; `registration_closed`;
     * `mail_unavailable`.
     */
    requestRegistration: async (given) => {
      checkTexts(given, "email");
      await ask3("/auth/register", { email: given.email });
    },
    /**
     * Makes the account with what `requestRegistration` or `register` has mailed, and logs it in. Refusals:
     * `invalid_challenge`; `invalid_request`; `registration_closed`; `second_factor_enrolment_required`, whose `challenge`
     * sets up a second factor and logs in.
     */
    confirmRegistration: async (given) => {
      checkTexts(given, "password");
      const fields = { ...checkedProofOfEmail(given), password: given.password };
      await keeper.keep(await service.confirmRegistration(fields));
    },
    /** Mails a link and a code that verify the address of the user. Refusal: `mail_unavailable`. */
    requestVerification: async () => {
      const path = "/auth/email/verification";
      await withTokens(({ accessToken }) => service.call(path, { method: "POST", accessToken }));
    },
    /**
     * Verifies the address with what was mailed. A code needs a user who is logged in. The access token says so after
     * the next `refresh`. Refusals: `invalid_challenge`; `invalid_request`.
     */
    verifyEmail: async (given) => redeem("/auth/email/verify", checkedProof(given)),
    /**
     * Changes the password. All sessions of the user end, and this client goes on in a new one. Refusals:
     * `wrong_password`; `invalid_request`.
     */
    changePassword: async (given) => {
      checkTexts(given, "currentPassword", "newPassword");
      const fields = { current_password: given.currentPassword, new_password: given.newPassword };
      const change2 = service.once("/auth/password", fields, "revoked_token");
      await withTokens((used) => keeper.replaceSession(used, ({ accessToken }) => change2(accessToken)));
    },
    /**
     * Mails a link and a code to set another password with. Does not tell whether there is an account. Refusals:
     * `mail_unavailable`; `invalid_request`.
     */
    requestPasswordReset: async (given) => {
      checkTexts(given, "email");
      await ask3("/auth/password/reset", { email: given.email });
    },
    /**
     * Sets another password with what was mailed. All sessions of the user end, and nobody is logged in. Refusals:
     * `invalid_challenge`; `invalid_request`.
     */
    resetPassword: async (given) => {
      checkTexts(given, "newPassword");
      const fields = { ...checkedProofOfEmail(given), new_password: given.newPassword };
      await service.once("/auth/password/reset/confirm", fields, "invalid_challenge")();
    },
    /**
     * Mails a link and a code to `newEmail`, which becomes the address once `confirmEmail` gets one of them. Refusals:
     * `wrong_password`; `mail_unavailable`; `invalid_request`.
     */
    changeEmail: async (given) => {
      checkTexts(given, "newEmail", "password");
      const fields = { new_email: given.newEmail, password: given.password };
      await withTokens(({ accessToken }) => service.call("/auth/email", { method: "POST", accessToken, fields }));
    },
    /**
     * Changes the address with what `changeEmail` has mailed. A code needs a user who is logged in. Refusals:
     * `invalid_challenge`; `invalid_request`.
     */
    confirmEmail: async (given) => redeem("/auth/email/confirm", checkedProof(given)),
    /**
     * Brings the former address back, with the token that was mailed to it. All sessions of the user end. Refusal:
     * `invalid_challenge`.
     */
    undoEmailChange: async (given) => {
      checkTexts(given, "token");
      await redeem("/auth/email/undo", { token: given.token });
    },
    /** Deletes the account, ends all its sessions, and forgets the login. Refusal: `wrong_password`. */
    deleteAccount: async (given) => {
      checkTexts(given, "password");
      const end = async ({ accessToken, sessionId }) => {
        await service.deleteAccount(accessToken, given.password);
        return sessionId;
      };
      await keeper.forget(await withTokens(end));
    },
    /** The account, its newest hundred live sessions, hundred API keys and thousand events, as one document. */
    exportAccount: async () => {
      const { data } = await withTokens(({ accessToken }) => service.call("/auth/user/export", { accessToken }));
      return parseExport(data);
    },
    /**
     * What has happened to the account, newest first, a hundred at most. `next` is the `after` of the call for older
     * ones; `undefined` at the end.
     */
    events: async ({ after, limit } = {}) => {
      const path = withQuery("/auth/events", { after, limit });
      return parseEvents(await withTokens(({ accessToken }) => service.call(path, { accessToken })));
    }
  };
}

// packages/client/src/client/factor-calls.ts
var PATH = "/auth/factors";
var PASSKEYS = `${PATH}/passkeys`;
var PASSKEY_NAMES = { name: "name" };
function createFactorCalls({ service, keeper, passkeys, withTokens }) {
  const call = (path, options) => withTokens(({ accessToken }) => service.call(path, { ...options, accessToken }));
  const begin = (path, challenge3) => challenge3 === void 0 ? call(path, { method: "POST", fields: {} }) : service.call(path, { method: "POST", fields: challengeFields(challenge3) });
  const enrol2 = async (path, fields, challenge3) => {
    const all = challenge3 === void 0 ? fields : { ...fields, ...challengeFields(challenge3) };
    const add = service.once(path, all, "invalid_challenge_token", "wrong_factor", "passkey_taken");
    if (challenge3 === void 0) {
      return (await withTokens((used) => keeper.raise(used, ({ accessToken }) => add(accessToken)))).body;
    }
    const body = await add();
    await keeper.keep(body);
    return body;
  };
  const remove2 = async (path) => {
    const end = service.removeOnce(path);
    await withTokens((used) => keeper.replaceSession(used, ({ accessToken }) => end(accessToken)));
  };
  return {
    /** The second factors of the user. */
    factors: async () => parseFactors((await call(PATH, {}))["data"]),
    /** Begins to set up an app that shows codes. Nothing changes before `confirmTotp`. Refusal: `invalid_challenge_token`. */
    beginTotp: async (challenge3) => parseNewTotp((await begin(`${PATH}/totp`, challenge3))["data"]),
    /**
     * Sets up the app, in place of a former one, with the first code that it shows. Refusals: `wrong_factor`;
     * `invalid_challenge_token`, after which the user begins anew; `change_conflict`; `invalid_request`.
     */
    confirmTotp: async (given, challenge3) => {
      checkTexts(given, "enrolmentToken", "code");
      const fields = { enrolment_token: given.enrolmentToken, code: given.code };
      return parseEnrolled(await enrol2(`${PATH}/totp/confirm`, fields, challenge3));
    },
    /**
     * Makes a passkey in this browser, and adds it. Without a `name`, the service chooses one. Refusals: `passkey_taken`;
     * `too_many_passkeys`; `invalid_passkey`; `invalid_challenge_token`; `change_conflict`; `invalid_request`;
     * `passkey_cancelled`; `passkeys_unavailable`.
     */
    addPasskey: async (given = {}, challenge3) => {
      const name = rename(PASSKEY_NAMES, given);
      const find2 = async () => parsePasskeyOptions((await begin(`${PASSKEYS}/options`, challenge3))["data"]);
      const body = await enrol2(PASSKEYS, { ...name, passkey: await passkeys.create(find2) }, challenge3);
      return { ...parseEnrolled(body), passkey: parsePasskeyId(body["passkey"]) };
    },
    /** Gives a passkey another name. Refusals: `unknown_passkey`; `invalid_request`. */
    renamePasskey: async (id, given) => {
      checkTexts(given, "name");
      await call(PASSKEYS + pathOf(id), { method: "PATCH", fields: { name: given.name } });
    },
    /**
     * Removes a passkey. All sessions of the user end, and this client goes on in a new one. The recovery codes go with the
     * last factor. Refusals: `unknown_passkey`; `last_factor`, where the user needs one; `change_conflict`.
     */
    removePasskey: async (id) => remove2(PASSKEYS + pathOf(id)),
    /** Removes the app, as `removePasskey` does. Refusals: `unknown_factor`; `last_factor`; `change_conflict`. */
    removeTotp: async () => remove2(`${PATH}/totp`),
    /** Makes new recovery codes, which nobody can read again. Older ones are void. Refusal: `no_second_factor`. */
    replaceRecoveryCodes: async () => parseRecoveryCodes((await call(`${PATH}/recovery-codes`, { method: "POST" }))["data"])
  };
}

// packages/client/src/client/base64url.ts
function decodeBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
function encodeBase64url(bytes) {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// packages/client/src/client/passkey-json.ts
function requestOptions(options) {
  const { rpId, timeout } = options;
  return {
    challenge: bytesIn(options, "challenge"),
    ...typeof rpId === "string" && { rpId },
    ...typeof timeout === "number" && { timeout },
    userVerification: "required",
    allowCredentials: listIn(options, "allowCredentials").map(descriptorOf)
  };
}
function creationOptions(options) {
  const { rp, user, timeout } = options;
  return {
    challenge: bytesIn(options, "challenge"),
    rp: { id: textIn(rp, "id"), name: textIn(rp, "name") },
    user: { id: bytesIn(user, "id"), name: textIn(user, "name"), displayName: textIn(user, "displayName") },
    pubKeyCredParams: listIn(options, "pubKeyCredParams").map(algorithmOf),
    ...typeof timeout === "number" && { timeout },
    excludeCredentials: listIn(options, "excludeCredentials").map(descriptorOf),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none"
  };
}
function assertionJson(credential) {
  const response = responseOf(credential);
  const userHandle = encodedIn(response, "userHandle");
  return {
    ...identityOf(credential),
    response: {
      clientDataJSON: encodedIn(response, "clientDataJSON"),
      authenticatorData: encodedIn(response, "authenticatorData"),
      signature: encodedIn(response, "signature"),
      ...userHandle !== void 0 && { userHandle }
    }
  };
}
function registrationJson(credential) {
  const response = responseOf(credential);
  return {
    ...identityOf(credential),
    response: {
      clientDataJSON: encodedIn(response, "clientDataJSON"),
      attestationObject: encodedIn(response, "attestationObject"),
      transports: transportsOf(response)
    }
  };
}
function identityOf(credential) {
  const id = encodedIn(credential, "rawId");
  return { id, rawId: id, type: "public-key", clientExtensionResults: {} };
}
function responseOf(credential) {
  const response = Reflect.get(credential, "response");
  return typeof response === "object" && response !== null ? response : {};
}
function encodedIn(owner, name) {
  const value = Reflect.get(owner, name);
  return value instanceof ArrayBuffer ? encodeBase64url(value) : void 0;
}
function transportsOf(response) {
  const tell = Reflect.get(response, "getTransports");
  const told = typeof tell === "function" ? Reflect.apply(tell, response, []) : void 0;
  return Array.isArray(told) ? told : [];
}
function descriptorOf(entry) {
  const transports = listIn(entry, "transports").filter(isTransport);
  return { type: "public-key", id: bytesIn(entry, "id"), ...transports.length > 0 && { transports } };
}
function algorithmOf(entry) {
  const alg = isRecord(entry) ? entry["alg"] : void 0;
  if (typeof alg !== "number") throw notOptions();
  return { type: "public-key", alg };
}
function bytesIn(owner, name) {
  const text = textIn(owner, name);
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw notOptions();
  return decodeBase64url(text);
}
function textIn(owner, name) {
  const value = isRecord(owner) ? owner[name] : void 0;
  if (typeof value !== "string") throw notOptions();
  return value;
}
function listIn(owner, name) {
  const value = isRecord(owner) ? owner[name] : void 0;
  return Array.isArray(value) ? value : [];
}
var isTransport = (value) => typeof value === "string" && ["ble", "hybrid", "internal", "nfc", "usb"].includes(value);
var notOptions = () => new LatchkeyError("unexpected_response", "The response has no options for a passkey.");

// packages/client/src/client/passkeys.ts
var RENEW_AFTER_MS = 9 * 6e4;
function createPasskeys() {
  let pending;
  async function ask3(work, given) {
    pending?.abort();
    const own = new AbortController();
    pending = own;
    const signal = given === void 0 ? own.signal : AbortSignal.any([own.signal, given]);
    try {
      const credential = await work(signal);
      if (credential !== null) return credential;
    } catch (cause) {
      throw signal.aborted ? cancelled(cause) : errorFor(cause);
    } finally {
      if (pending === own) pending = void 0;
    }
    throw cancelled();
  }
  return {
    /** Asks for a passkey of the options that `find` gives, as `AuthenticationResponseJSON`. */
    get: async (find2, signal) => {
      const container = containerOf();
      const work = async (signal2) => container.get({ publicKey: requestOptions(await find2()), signal: notAborted(signal2) });
      return assertionJson(await ask3(work, signal));
    },
    /** The same, but the browser offers the passkeys in a field with `autocomplete="username webauthn"`, until one is chosen. */
    getConditionally: async (find2, signal) => {
      const container = containerOf();
      if (!await canUsePasskeys({ conditional: true })) throw unavailable();
      const work = async (signal2) => {
        for (; ; ) {
          const round = AbortSignal.timeout(RENEW_AFTER_MS);
          const publicKey = requestOptions(await find2());
          const end = AbortSignal.any([notAborted(signal2), round]);
          try {
            return await container.get({ publicKey, mediation: "conditional", signal: end });
          } catch (error) {
            if (signal2.aborted || !round.aborted) throw error;
          }
        }
      };
      return assertionJson(await ask3(work, signal));
    },
    /** Makes a passkey, as `RegistrationResponseJSON`. Throws `passkey_taken` when the device has one of this account. */
    create: async (find2) => {
      const container = containerOf();
      const work = async (signal) => container.create({ publicKey: creationOptions(await find2()), signal: notAborted(signal) });
      return registrationJson(await ask3(work));
    },
    /** Ends the request that is pending, if any. */
    cancel: () => pending?.abort()
  };
}
async function canUsePasskeys({ conditional = false } = {}) {
  if (!isAvailable() || !conditional) return isAvailable();
  const can = Reflect.get(PublicKeyCredential, "isConditionalMediationAvailable");
  return typeof can === "function" && await Reflect.apply(can, PublicKeyCredential, []) === true;
}
function isAvailable() {
  return typeof PublicKeyCredential !== "undefined" && typeof navigator !== "undefined" && "credentials" in navigator;
}
function containerOf() {
  if (isAvailable()) return navigator.credentials;
  throw unavailable();
}
function notAborted(signal) {
  signal.throwIfAborted();
  return signal;
}
function errorFor(cause) {
  if (cause instanceof LatchkeyError) return cause;
  const name = cause instanceof Error ? cause.name : void 0;
  if (name === "NotAllowedError" || name === "AbortError") return cancelled(cause);
  if (name === "InvalidStateError") {
    return new LatchkeyError("passkey_taken", "This device has a passkey of the account already.", { cause });
  }
  return unavailable(cause);
}
var unavailable = (cause) => new LatchkeyError("passkeys_unavailable", "This browser cannot use passkeys here.", { cause });
var cancelled = (cause) => new LatchkeyError("passkey_cancelled", "No passkey was chosen.", { cause });

// packages/client/src/client/factor-logins.ts
var LOGIN_NAMES = { conditional: "conditional", signal: "signal", passkey: "passkey" };
function createFactorLogins({ service, keeper, passkeys, withTokens }) {
  const passkeyOptions = async () => {
    const { data } = await service.call("/auth/login/passkey/options", { method: "POST" });
    return parsePasskeyOptions(data);
  };
  return {
    /** Whether this browser can use passkeys here or, with `conditional`, can offer them in a field of a form. */
    canUsePasskeys,
    /**
     * Completes a login, with the `challenge` of `second_factor_required`. Refusals: `wrong_factor`;
     * `invalid_challenge_token`, after which the user logs in anew; `invalid_request`. With `passkey: true`, also
     * `passkey_cancelled` and `passkeys_unavailable`.
     */
    logInWithFactor: async (challenge3, given) => {
      const token2 = challengeFields(challenge3);
      const factor = factorFields(given);
      const options = factor["passkey"] === true ? optionsOf(challenge3) : void 0;
      const shown3 = options === void 0 ? factor : { passkey: await passkeys.get(() => options) };
      await keeper.keep(await service.once("/auth/login/factor", { ...token2, ...shown3 }, ...USED_UP)());
    },
    /**
     * Logs in with a passkey, without address and password. With `conditional`, waits until the user chooses one in a form;
     * a newer request, and another login, end the wait with `passkey_cancelled`. Refusals: `wrong_factor`, for a passkey
     * that no account has any more; `invalid_challenge_token`; `passkey_cancelled`; `passkeys_unavailable`.
     */
    logInWithPasskey: async (given = {}) => {
      checkNames(LOGIN_NAMES, given);
      const { conditional = false, signal, passkey: own } = given;
      const ask3 = conditional ? passkeys.getConditionally : passkeys.get;
      const passkey = own ?? await ask3(passkeyOptions, signal);
      await keeper.keep(await service.once("/auth/login/passkey", { passkey }, ...USED_UP)());
    },
    /** What `navigator.credentials.get` is asked with in a login, for programs that ask for passkeys otherwise. */
    passkeyOptions,
    /**
     * Proves again who is logged in, after `insufficient_user_authentication`, and keeps the newer access token. Refusals:
     * `wrong_password`; `wrong_factor`; `second_factor_required`, for a password alone where the account has a second
     * factor; `invalid_request`. With `passkey: true`, also `passkey_cancelled` and `passkeys_unavailable`.
     */
    reauthenticate: async (given) => {
      const proof = proofFields(given);
      const shown3 = proof["passkey"] === true ? { passkey: await passkeys.get(passkeyOptions) } : proof;
      const prove = service.once("/auth/reauthenticate", shown3, ...USED_UP);
      const { isKept } = await withTokens((used) => keeper.raise(used, ({ accessToken }) => prove(accessToken)));
      if (!isKept) throw notLoggedIn();
    }
  };
}
var USED_UP = ["invalid_challenge_token", "wrong_factor"];
function optionsOf({ passkeyOptions }) {
  if (passkeyOptions !== void 0) return passkeyOptions;
  throw new TypeError("This login takes no passkey: look at the methods of the challenge.");
}

// packages/client/src/client/fetch.ts
var Unauthorized = class extends Error {
  response;
  constructor(response) {
    super("The request was not authorized.");
    this.response = response;
  }
};
function createFetch(send3, origins, withTokens) {
  return async (input, init) => {
    const request = new Request(input, init);
    if (!origins.has(new URL(request.url).origin)) {
      throw new TypeError("The access token is sent to the origins of Latchkey, the page and `origins` only.");
    }
    if (request.mode === "no-cors") throw new TypeError("With the mode no-cors, browsers drop the access token.");
    let first;
    const ask3 = async ({ accessToken }) => {
      await first?.body?.cancel();
      const copy2 = request.clone();
      copy2.headers.set("Authorization", `Bearer ${accessToken}`);
      const response = await send3(copy2);
      if (response.status !== 401 || needsNewerLogin(response)) return response;
      first = response;
      throw new Unauthorized(response);
    };
    try {
      return await withTokens(ask3, (error) => error instanceof Unauthorized);
    } catch (error) {
      if (error instanceof Unauthorized) return error.response;
      throw error;
    }
  };
}
function needsNewerLogin({ headers }) {
  return /\berror="?insufficient_user_authentication\b/.test(headers.get("WWW-Authenticate") ?? "");
}

// packages/client/src/client/store.ts
function memoryStore() {
  let kept;
  return {
    get: () => kept,
    set: (text) => void (kept = text),
    remove: () => void (kept = void 0)
  };
}
function localStorageStore(key = "latchkey") {
  return {
    name: `localStorage ${key}`,
    get: () => localStorage.getItem(key),
    set: (text) => localStorage.setItem(key, text),
    remove: () => localStorage.removeItem(key)
  };
}
function guardStore(store) {
  return {
    get: async () => await guarded(() => store.get()) ?? void 0,
    set: (text) => guarded(() => store.set(text)),
    remove: () => guarded(() => store.remove())
  };
}
async function guarded(use) {
  try {
    return await use();
  } catch (cause) {
    throw new LatchkeyError("store_failed", "This browser does not let the page keep the login.", { cause });
  }
}

// packages/client/src/verify/grammar.ts
var MAX_LENGTH = 4096;
var BEARER_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
function isBearerToken(value) {
  return typeof value === "string" && value.length <= MAX_LENGTH && BEARER_TOKEN.test(value);
}

// packages/client/src/client/tokens.ts
var MAX_MARGIN_SECONDS = 30;
function parseTokens(body, now) {
  const { auth_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = body;
  if (!isBearerToken(accessToken) || !isBearerToken(refreshToken) || typeof seconds !== "number") {
    return void 0;
  }
  const { sub: userId, sid: sessionId } = decodeClaims(accessToken) ?? {};
  if (typeof userId !== "string" || typeof sessionId !== "string") return void 0;
  const dueAt = now + (seconds - Math.min(seconds / 10, MAX_MARGIN_SECONDS)) * 1e3;
  return { accessToken, refreshToken, userId, sessionId, dueAt };
}
var writeTokens = (url, tokens) => JSON.stringify({ url, ...tokens });
function readTokens(url, text) {
  const { url: owner, accessToken, refreshToken, userId, sessionId, dueAt } = parseObject(text) ?? {};
  if (owner !== url || typeof dueAt !== "number") return void 0;
  if (!isBearerToken(accessToken) || !isBearerToken(refreshToken)) return void 0;
  if (typeof userId !== "string" || typeof sessionId !== "string") return void 0;
  return { accessToken, refreshToken, userId, sessionId, dueAt };
}
function decodeClaims(accessToken) {
  const payload = accessToken.split(".")[1] ?? "";
  try {
    return parseObject(new TextDecoder().decode(decodeBase64url(payload)));
  } catch {
    return void 0;
  }
}
function parseObject(text) {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return void 0;
  }
}

// packages/client/src/client/kept-tokens.ts
function keepTokens({ url, store, tabs }, onChange) {
  const { get, set, remove: remove2 } = guardStore(store);
  let known;
  function notice(tokens) {
    const login = tokens && { userId: tokens.userId, sessionId: tokens.sessionId };
    const isChange = known !== void 0 && known.login?.sessionId !== login?.sessionId;
    known = { login };
    if (isChange) onChange(login);
  }
  async function read3() {
    const text = await get();
    const tokens = text === void 0 ? void 0 : readTokens(url, text);
    notice(tokens);
    return tokens;
  }
  async function write(tokens) {
    await (tokens === void 0 ? remove2() : set(writeTokens(url, tokens)));
    tabs.tell();
    notice(tokens);
  }
  return { read: read3, write };
}

// packages/client/src/client/repeat.ts
var MAX_ATTEMPTS = 3;
var MAX_WAIT_SECONDS = 10;
async function repeat(attempt) {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number > 1);
    } catch (error) {
      if (number === MAX_ATTEMPTS || !isPassing(error)) throw error;
      await pass(waitAfter(error, number) * 1e3);
    }
  }
}
function isPassing(error) {
  if (hasCode(error, "unreachable")) return true;
  if (!(error instanceof LatchkeyError) || error.code === "mail_unavailable") return false;
  return [502, 503, 504].includes(error.status ?? 0);
}
function waitAfter(error, number) {
  if (error.code === "unreachable") return number === 1 ? 0 : 1;
  return Math.min(error.retryAfterSeconds ?? 1, MAX_WAIT_SECONDS);
}
function pass(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// packages/client/src/client/keeper.ts
var MAX_DELAY_MS = 1e3;
var DELAY_MS = 20;
function createKeeper({ url, service, store, tabs }, onChange) {
  const { read: read3, write } = keepTokens({ url, store, tabs }, onChange);
  let refreshing;
  tabs.listen(look);
  function look() {
    read3().catch(() => void 0);
  }
  async function replace(used, isSecond) {
    const held = await readHeld(used, isSecond);
    if (held?.accessToken !== used.accessToken) return held;
    const next = await ask3(held);
    const now = await read3();
    if (now?.refreshToken !== held.refreshToken) return now;
    await write(next);
    return next;
  }
  const readHeld = (used, isSecond) => isSecond ? readChange(used) : read3();
  async function readChange(used) {
    const end = Date.now() + MAX_DELAY_MS;
    for (; ; ) {
      const held = await read3();
      if (held?.accessToken !== used.accessToken || Date.now() > end) return held;
      await pass(DELAY_MS);
    }
  }
  async function ask3({ refreshToken }) {
    try {
      return tokensIn(await service.refresh(refreshToken));
    } catch (error) {
      if (hasCode(error, "invalid_refresh_token")) return void 0;
      throw error;
    }
  }
  function refresh2(used) {
    if (refreshing?.used === used.accessToken) return refreshing.done;
    const done = tabs.takeTurns((isSecond) => replace(used, isSecond));
    const current = { used: used.accessToken, done };
    refreshing = current;
    return done.finally(() => {
      if (refreshing === current) refreshing = void 0;
    });
  }
  function abandon({ refreshToken }) {
    service.endSessionOf(refreshToken).catch(() => void 0);
  }
  return {
    look,
    read: read3,
    refresh: refresh2,
    /** The tokens, refreshed if they are due; `undefined` when nobody is logged in. */
    fresh: async () => {
      const tokens = await read3();
      return tokens === void 0 || Date.now() < tokens.dueAt ? tokens : refresh2(tokens);
    },
    /** Keeps the tokens in `body`. Ends the session that it replaces, or the new one if it cannot be kept. */
    keep: (body) => tabs.takeTurns(async () => {
      const tokens = tokensIn(body);
      try {
        const former = await read3();
        await write(tokens);
        if (former !== void 0) abandon(former);
      } catch (error) {
        abandon(tokens);
        throw error;
      }
    }),
    /**
     * Begins another session of the same user with `begin`, which ends the one of `used` and all others. A refresh that
     * waits meanwhile gets the tokens of the new session. Throws `not_logged_in` when the user is not logged in any more.
     */
    replaceSession: (used, begin) => tabs.takeTurns(async (isSecond) => {
      const held = await readHeld(used, isSecond);
      if (held?.userId !== used.userId) throw notLoggedIn();
      const next = tokensIn(await begin(held));
      try {
        const now = await read3();
        if (now !== void 0 && now.userId !== next.userId) return abandon(next);
        await write(next);
        if (now !== void 0 && now.sessionId !== held.sessionId) abandon(now);
      } catch (error) {
        abandon(next);
        throw error;
      }
    }),
    /**
     * Keeps the access token that `begin` gets for the session of `used`, beside the refresh token that is there. Returns
     * the body, and whether the token is kept: another tab may have logged out meanwhile, or in. Throws `not_logged_in` when
     * that was so before.
     */
    raise: (used, begin) => tabs.takeTurns(async (isSecond) => {
      const held = await readHeld(used, isSecond);
      if (held?.sessionId !== used.sessionId) throw notLoggedIn();
      const body = await begin(held);
      const now = await read3();
      if (now?.sessionId !== held.sessionId) return { body, isKept: false };
      await write(tokensIn({ ...body, refresh_token: now.refreshToken }));
      return { body, isKept: true };
    }),
    /** Ends the session with `end`, and forgets its tokens once that is done. Does nothing when nobody is logged in. */
    end: (end) => tabs.takeTurns(async () => {
      const tokens = await read3();
      if (tokens === void 0) return;
      await end(tokens);
      await write(void 0);
    }),
    /** Forgets the tokens now, whatever becomes of their session. The service is told, if it can be. */
    drop: () => tabs.takeTurns(async () => {
      const tokens = await read3();
      await write(void 0);
      if (tokens !== void 0) abandon(tokens);
    }),
    /** Forgets the tokens of the session `sessionId`, which is over. */
    forget: (sessionId) => tabs.takeTurns(async () => {
      if ((await read3())?.sessionId === sessionId) await write(void 0);
    })
  };
}
function tokensIn(body) {
  const tokens = parseTokens(body, Date.now());
  if (tokens !== void 0) return tokens;
  throw new LatchkeyError("unexpected_response", "The response has no tokens. Is this a Latchkey of another version?");
}

// packages/client/src/client/key-calls.ts
var PATH2 = "/auth/keys";
function createKeyCalls(call) {
  return {
    /**
     * Makes an API key. Nobody can read its `key` again. If a response is lost, the repeat makes another key: revoke the
     * one whose `key` you never got. Refusals: `invalid_request`, also for a scope that the user does not have;
     * `keys_closed`, where users have no scopes; `too_many_keys`; `change_conflict`.
     */
    createKey: async (given) => parseNewKey(await call(PATH2, { method: "POST", fields: keyFields(given) })),
    /**
     * The API keys of the user, newest first, a hundred at most. `next` is the `after` of the call for older ones;
     * `undefined` at the end. Revoked ones are left out.
     */
    keys: async (page = {}) => parseKeys(await call(withQuery(PATH2, pageFields(page)))),
    /** Revokes an API key. Also returns when it was revoked before. Refusal: `unknown_key`. */
    revokeKey: async (keyId) => {
      await call(PATH2 + pathOf(keyId), { method: "DELETE" });
    }
  };
}

// packages/client/src/client/options.ts
function parseBase(url) {
  const { origin, pathname } = parseUrl(url);
  return origin + pathname.replace(/\/+$/, "");
}
function originsOf({ url, origins = [] }) {
  const own = pageUrl() === void 0 ? [] : [parseUrl("/").origin];
  return /* @__PURE__ */ new Set([parseUrl(url).origin, ...own, ...origins.map((origin) => parseUrl(origin).origin)]);
}
function parseUrl(text) {
  if (typeof text !== "string" || text === "") throw new TypeError("The URL must be a text.");
  const url = new URL(text, pageUrl());
  if (url.protocol === "https:" || url.protocol === "http:") return url;
  throw new TypeError("The URL must begin with https: or http:.");
}
function parseStore(store = memoryStore()) {
  const { get, set, remove: remove2 } = store;
  if ([get, set, remove2].every((method) => typeof method === "function")) return store;
  throw new TypeError("The store must have the methods get, set and remove, as that of localStorageStore() has.");
}
function pageUrl() {
  const url = typeof location === "undefined" ? void 0 : location.href;
  return url?.startsWith("http") === true ? url : void 0;
}

// packages/client/src/client/once.ts
function once(usedUp, attempt) {
  let isLost = false;
  return async (...given) => {
    try {
      return await repeat((isRepeat) => {
        isLost ||= isRepeat;
        return attempt(...given);
      });
    } catch (cause) {
      if (!isLost || !hasCode(cause, ...usedUp)) throw cause;
      throw new LatchkeyError("unreachable", "The response was lost. What you have asked for may be done.", { cause });
    }
  };
}

// packages/client/src/client/service.ts
function createService(url, send3) {
  const request = createRequest(url, send3);
  const call = (path, options, read3 = readSuccess) => request(path, options, read3);
  const post = (path, fields, read3 = readSuccess) => call(path, { method: "POST", fields }, read3);
  return {
    call: (path, options) => repeat(() => call(path, options)),
    logIn: (credentials) => repeat(() => post("/auth/login", credentials)),
    refresh: (refreshToken) => repeat(() => post("/auth/refresh", { refresh_token: refreshToken })),
    endSessionOf: (refreshToken) => repeat(() => post("/auth/logout", { refresh_token: refreshToken })),
    /** Ends all sessions of the user. A repeat finds them over when the first response was lost. */
    endAllSessions: (accessToken) => repeatUntil("revoked_token", () => call("/auth/logout?scope=all", { method: "POST", accessToken })),
    /** Deletes the account. A repeat finds it gone when the first response was lost. */
    deleteAccount: (accessToken, password) => repeatUntil("invalid_token", () => call("/auth/user", { method: "DELETE", accessToken, fields: { password } })),
    /** A POST that succeeds once only, with `once`. Call the function again for another access token. */
    once: (path, fields, ...usedUp) => once(usedUp, (accessToken) => call(path, { method: "POST", fields, accessToken })),
    /** A removal that ends the session of the access token, with `once`. */
    removeOnce: (path) => once(["revoked_token"], (accessToken) => call(path, { method: "DELETE", accessToken })),
    /** Makes the account with what was mailed, with `once`. Throws as `readNewAccount` does. */
    confirmRegistration: (fields) => once(["invalid_challenge"], () => post("/auth/register/confirm", fields, readNewAccount))(),
    /**
     * A registration whose response was lost may have made the account. Then the repeat logs in. Throws
     * `confirmation_required` when the service mails first.
     */
    register: (credentials) => repeat(async (isRepeat) => {
      try {
        return await post("/auth/register", credentials, readRegistration);
      } catch (error) {
        if (!isRepeat || !hasCode(error, "email_taken")) throw error;
        return post("/auth/login", credentials).catch((refusal) => {
          throw hasCode(refusal, "invalid_credentials") ? error : refusal;
        });
      }
    })
  };
}
function repeatUntil(done, work) {
  return repeat(async (isRepeat) => {
    try {
      await work();
    } catch (error) {
      if (!isRepeat || !hasCode(error, done)) throw error;
    }
  });
}

// packages/client/src/client/tabs.ts
var MAX_WAIT_MS = 3e4;
function joinTabs(name) {
  const queue = makeQueue();
  const channel = name === void 0 || typeof BroadcastChannel === "undefined" ? void 0 : openChannel(name);
  const locks = name === void 0 || typeof navigator === "undefined" ? void 0 : navigator.locks;
  return {
    takeTurns: (work) => queue(() => locks === void 0 || name === void 0 ? work(false) : withLock(locks, name, work)),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
    tell: () => channel?.postMessage("changed"),
    listen: (listener) => {
      channel?.addEventListener("message", listener);
      if (name !== void 0 && typeof document !== "undefined") listenToPage(listener);
    }
  };
}
function listenToPage(listener) {
  addEventListener("storage", listener);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) listener();
  });
}
function openChannel(name) {
  const channel = new BroadcastChannel(name);
  const unref = Reflect.get(channel, "unref");
  if (typeof unref === "function") Reflect.apply(unref, channel, []);
  return channel;
}
async function withLock(locks, name, work) {
  let started;
  const start = (isSecond) => started ??= work(isSecond);
  try {
    await locks.request(name, { ifAvailable: true }, (lock) => lock === null ? void 0 : start(false));
    return await (started ?? locks.request(name, { signal: AbortSignal.timeout(MAX_WAIT_MS) }, () => start(true)));
  } catch {
    return start(true);
  }
}
function makeQueue() {
  let last = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => void 0);
    return next;
  };
}

// packages/client/src/client/latchkey.ts
function createLatchkey(options) {
  const url = parseBase(options.url);
  const store = parseStore(options.store);
  const send3 = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const service = createService(url, send3);
  const passkeys = createPasskeys();
  const tabs = joinTabs(store.name === void 0 ? void 0 : `latchkey ${url} ${store.name}`);
  const listeners2 = /* @__PURE__ */ new Set();
  const keeper = createKeeper({ url, service, store, tabs }, (login) => {
    for (const listener of listeners2) queueMicrotask(() => void (listeners2.has(listener) && listener(login)));
    if (login !== void 0) passkeys.cancel();
  });
  async function withTokens(use, isRefused = isTokenRefused) {
    const user = (await keeper.read())?.userId;
    const tokens = await keeper.fresh();
    if (tokens === void 0 || tokens.userId !== user) throw notLoggedIn();
    try {
      return await use(tokens);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const next = await keeper.refresh(tokens);
      if (next?.userId !== user) throw notLoggedIn();
      return use(next);
    }
  }
  const call = (path, options2 = {}) => withTokens(({ accessToken }) => service.call(path, { ...options2, accessToken }));
  return {
    /**
     * Makes an account and logs it in. Refusals: `email_taken`; `registration_closed`; `mail_unavailable`;
     * `invalid_request`, with `errors` by field. With `SECOND_FACTOR=required`, throws `second_factor_enrolment_required`, as
     * `logIn` does: the account is made. With `REGISTRATION=confirm`, throws `confirmation_required`: the service
     * ignores the password, and mails a link and a code. Go on with `confirmRegistration`.
     */
    register: async (credentials) => keeper.keep(await service.register(checkedCredentials(credentials))),
    /**
     * Logs in. Ends the session of whoever was logged in before. Refusals: `invalid_credentials`; `second_factor_required`,
     * whose `challenge` goes to `logInWithFactor`; `second_factor_enrolment_required`, whose `challenge` goes to `beginTotp`
     * and `confirmTotp`, or `addPasskey`.
     */
    logIn: async (credentials) => keeper.keep(await service.logIn(checkedCredentials(credentials))),
    /**
     * Ends this session, or with `scope` the `others` or `all`. Once it returns, they are over. If it throws, nothing
     * is forgotten, so that you can call it again. With a `scope`, it throws `not_logged_in` when nobody is logged in.
     */
    logOut: async ({ scope = "session" } = {}) => {
      if (scope === "others") await call("/auth/logout?scope=others", { method: "POST" });
      else if (scope === "all") await logOutEverywhere();
      else await keeper.end(({ refreshToken }) => service.endSessionOf(refreshToken));
    },
    /**
     * Forgets the login on this device at once, also when Latchkey is out of reach: for when `logOut` throws. The session
     * ends if Latchkey hears of it.
     */
    forget: async () => keeper.drop(),
    ...createAccountCalls({ service, keeper, withTokens }),
    ...createKeyCalls(call),
    ...createFactorLogins({ service, keeper, passkeys, withTokens }),
    ...createFactorCalls({ service, keeper, passkeys, withTokens }),
    /** Who is logged in, as the service has it now; `undefined` when nobody is, or the session is over. */
    user: findUser,
    /** The live sessions of the user, newest first. */
    sessions: async () => parseSessions((await call("/auth/sessions"))["data"]),
    /** Ends a session of the user. Refusal: `unknown_session`. */
    endSession: async (id) => {
      const own = await keeper.read();
      await call(`/auth/sessions${pathOf(id)}`, { method: "DELETE" }).catch((error) => {
        if (own?.sessionId !== id || !hasCode(error, "not_logged_in")) throw error;
      });
      await keeper.forget(id);
    },
    /** An access token, for what does not use `fetch`; `undefined` when nobody is logged in. Do not keep it. */
    accessToken: async () => (await keeper.fresh())?.accessToken,
    /** Gets new tokens now, for instance after an administrator has changed the account. Throws `not_logged_in`. */
    refresh: async () => {
      const tokens = await keeper.fresh();
      if (tokens === void 0 || await keeper.refresh(tokens) === void 0) throw notLoggedIn();
    },
    /**
     * `fetch` with the access token of the user, to Latchkey, the page's own origin and `origins`. After a 401, it
     * refreshes and asks once more. Throws `TypeError` for other origins, `LatchkeyError` when there is no token to send
     * (`not_logged_in`, for instance), and else what `fetch` throws.
     */
    fetch: createFetch(send3, originsOf(options), withTokens),
    /**
     * Calls `listener` when somebody logs in or nobody is logged in any more, here or in another tab. Returns a
     * function that ends this.
     */
    onChange: (listener) => {
      listeners2.add(listener);
      keeper.look();
      return () => void listeners2.delete(listener);
    }
  };
  async function findUser() {
    const before = await keeper.read();
    const body = await call("/auth/status").catch((error) => {
      if (hasCode(error, "not_logged_in")) return void 0;
      throw error;
    });
    const after = await keeper.read();
    if (after === void 0) return void 0;
    return before?.sessionId === after.sessionId ? body && parseUser(body["data"]) : findUser();
  }
  async function logOutEverywhere() {
    const end = async ({ accessToken, sessionId }) => {
      await service.endAllSessions(accessToken);
      return sessionId;
    };
    await keeper.forget(await withTokens(end));
  }
}
var isTokenRefused = (error) => hasCode(error, "expired_token", "invalid_token", "revoked_token");

// packages/playground/src/json-field.ts
var fieldOf = (value, name) => typeof value === "object" && value !== null ? Reflect.get(value, name) : void 0;
function textOf(value, name) {
  const field = fieldOf(value, name);
  return typeof field === "string" ? field : void 0;
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}

// packages/playground/src/program-refused.ts
var ProgramRefused = class extends Error {
  code;
  retryAfterSeconds;
  errors;
  constructor(code, message, { retryAfterSeconds, errors = [] } = {}) {
    super(message);
    this.name = "ProgramRefused";
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.errors = errors;
  }
};
function refusalOf2(response, body) {
  const read3 = (...names) => names.map((name) => textOf(body, name)).find((text) => text !== void 0);
  const wait = response.headers.get("Retry-After");
  const errors = fieldOf(body, "errors");
  return new ProgramRefused(
    read3("code", "error") ?? "unexpected_response",
    read3("message", "error_description") ?? `The response (${response.status}) is not one of Latchkey.`,
    {
      retryAfterSeconds: wait === null ? void 0 : Number(wait),
      errors: Array.isArray(errors) ? errors.map(parseFieldError) : []
    }
  );
}
var parseFieldError = (entry) => ({
  path: textOf(entry, "path") ?? "",
  message: textOf(entry, "message") ?? ""
});

// packages/playground/src/outputs.ts
var outputOf = (name) => find(`${name}-result`, HTMLOutputElement);
var outputs = {
  account: outputOf("account"),
  administration: outputOf("administration"),
  clients: outputOf("clients"),
  token: outputOf("token"),
  factors: outputOf("factors"),
  keys: outputOf("keys"),
  machine: outputOf("machine"),
  sessions: outputOf("sessions"),
  store: outputOf("store"),
  mails: outputOf("mails"),
  log: outputOf("log")
};
var advice = {
  admin_required: 'Run `npm run user -- admin EMAIL on`. Then log in again, or press "Who am I?": the client refreshes the token.',
  last_factor: "SECOND_FACTOR wants one of this account."
};
var busy = /* @__PURE__ */ new Set();
var follow = () => {
};
var onRefusal = (listener) => void (follow = listener);
var isBusy = () => busy.size > 0;
async function act(output2, work) {
  if (busy.has(output2)) return void 0;
  busy.add(output2);
  clearOthers(output2);
  say(output2, "Asking…");
  try {
    say(output2, await work());
    return void 0;
  } catch (error) {
    const refusal = refuse(output2, error);
    follow(output2);
    return refusal;
  } finally {
    busy.delete(output2);
  }
}
function clearOthers(output2) {
  for (const other of Object.values(outputs)) if (other !== output2 && !busy.has(other)) say(other, "");
}
function say(output2, text) {
  output2.classList.remove("refused");
  output2.textContent = text;
}
function refuse(output2, error) {
  if (!(error instanceof LatchkeyError || error instanceof ProgramRefused)) throw error;
  const { code, retryAfterSeconds } = error;
  const message = [error.message, advice[code]].filter((words3) => words3 !== void 0).join(" ");
  const wait = retryAfterSeconds === void 0 ? "" : ` Try again in ${retryAfterSeconds} s.`;
  output2.classList.add("refused");
  output2.replaceChildren(make("code", "", code), ` ${message}${wait}`);
  return error;
}

// packages/playground/src/forms.ts
function onSubmit(id, submit) {
  onSend(
    id,
    (field) => act(outputs.account, async () => {
      const done = await submit(field);
      find(id, HTMLFormElement).reset();
      return done;
    })
  );
}
function onSend(id, send3) {
  const form3 = find(id, HTMLFormElement);
  const run4 = async (button) => {
    showProblems(form3, void 0);
    showProblems(form3, await send3((name) => readField(form3, name), button));
  };
  form3.addEventListener("submit", (event) => {
    event.preventDefault();
    run4(event.submitter?.id).catch(reportError);
  });
}
function readField(form3, name) {
  const value = new FormData(form3).get(name);
  return typeof value === "string" ? value : "";
}
function showProblems(form3, refusal) {
  for (const input of form3.querySelectorAll('input:not([type="checkbox"])')) {
    const paths = (input.dataset["paths"] ?? input.name).split(" ");
    const problem = refusal?.errors.find(({ path }) => paths.includes(path));
    find(`${input.id}-problem`, HTMLParagraphElement).textContent = problem?.message ?? "";
    input.setAttribute("aria-invalid", String(problem !== void 0));
  }
  form3.querySelector('[aria-invalid="true"]')?.focus();
}
var wordsIn = (text) => text.split(/[\s,]+/).filter((word) => word !== "");

// packages/playground/src/copyable.ts
function showCopyable(text, name, output2) {
  const code = make("code", "", text);
  const button = make("button", "", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", `Copy ${name}`);
  button.addEventListener("click", () => void copy(code, output2));
  return make("div", "curl", code, button);
}
async function copy(code, output2) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    say(output2, "Copied.");
  } catch {
    getSelection()?.selectAllChildren(code);
    say(output2, "Selected. Press Ctrl+C to copy.");
  }
}

// packages/playground/src/shown-once.ts
function showOnce(name, ...shown3) {
  find(`new-${name}`, HTMLDivElement).hidden = false;
  find(`new-${name}-text`, HTMLDivElement).replaceChildren(...shown3);
}
function hideOnce(name) {
  find(`new-${name}`, HTMLDivElement).hidden = true;
  find(`new-${name}-text`, HTMLDivElement).replaceChildren();
}

// packages/playground/src/factors.ts
var section = find("factors", HTMLElement);
var rename2 = find("rename-passkey", HTMLFormElement);
var shownTo;
var challenge;
var renamed = "";
var enrolment = () => challenge;
var renamedPasskey = () => renamed;
function showFactorsPart(user) {
  const id = user?.user_id;
  const hasFocus = section.contains(document.activeElement);
  const isFirst = challenge !== void 0 && id !== void 0;
  challenge = void 0;
  showPart(id !== void 0);
  if (section.hidden && hasFocus) find("account-title", HTMLHeadingElement).focus();
  if (id === shownTo) return;
  shownTo = id;
  if (isFirst) return;
  forget();
  hideOnce("codes");
}
function showEnrolment(next) {
  forget();
  hideOnce("codes");
  shownTo = void 0;
  challenge = next;
  showPart(true);
  find("factors-title", HTMLHeadingElement).focus();
}
function showPart(isShown) {
  section.hidden = !isShown;
  find("own-factors", HTMLDivElement).hidden = challenge !== void 0;
}
function forget() {
  for (const form3 of section.querySelectorAll("form")) form3.reset();
  find("factor-list", HTMLUListElement).replaceChildren();
  showRename(void 0);
  showOffer(void 0);
}
function showOffer(offer) {
  const form3 = find("confirm-app", HTMLFormElement);
  form3.reset();
  showProblems(form3, void 0);
  form3.hidden = offer === void 0;
  hideOnce("app");
  const [secret = "", uri = "", svg = ""] = ["secret", "otpauth_uri", "qr_svg"].map((name) => textOf(offer, name));
  if (offer === void 0) return;
  const image = make("img", "qr");
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  image.alt = "The QR code of the secret";
  const [first, second] = [[secret, "the secret"], [uri, "the URI for the app"]];
  showOnce("app", image, showCopyable(...first, outputs.factors), showCopyable(...second, outputs.factors));
  find("confirm-app-code", HTMLInputElement).focus();
}
function showCodes(codes) {
  if (!Array.isArray(codes)) return;
  showOnce("codes", showCopyable(codes.join("\n"), "the recovery codes", outputs.factors));
}
function showRename(passkey) {
  renamed = passkey?.id ?? "";
  rename2.hidden = passkey === void 0;
  showProblems(rename2, void 0);
  const input = find("rename-passkey-name", HTMLInputElement);
  input.value = passkey?.name ?? "";
  if (passkey === void 0) return;
  input.focus();
  input.select();
}

// packages/playground/src/challenge.ts
function parseChallenge(text) {
  const body = parseJson(text);
  const [token2, methods] = [textOf(body, "challenge_token"), fieldOf(body, "methods")];
  if (token2 === void 0 || !Array.isArray(methods)) return void 0;
  return {
    kind: textOf(body, "code") === "second_factor_required" ? "use" : "set up",
    token: token2,
    methods: methods.filter((method) => typeof method === "string"),
    passkeyOptions: fieldOf(body, "passkey_options"),
    message: textOf(body, "message") ?? ""
  };
}

// packages/playground/src/secrets.ts
var secretFields = {
  password: "PASSWORD",
  current_password: "CURRENT_PASSWORD",
  new_password: "NEW_PASSWORD",
  token: "MAILED_TOKEN",
  code: "CODE",
  auth_token: "TOKEN",
  refresh_token: "REFRESH_TOKEN",
  access_token: "TOKEN",
  key: "API_KEY",
  subject_token: "API_KEY",
  client_secret: "CLIENT_SECRET",
  challenge_token: "CHALLENGE_TOKEN",
  enrolment_token: "ENROLMENT_TOKEN",
  recovery_code: "RECOVERY_CODE",
  recovery_codes: "RECOVERY_CODE",
  secret: "TOTP_SECRET",
  otpauth_uri: "OTPAUTH_URI",
  qr_svg: "QR_SVG",
  // The challenge of a passkey is made of the challenge token. What the browser signs has it in it.
  challenge: "CHALLENGE",
  clientDataJSON: "CLIENT_DATA",
  signature: "SIGNATURE"
};
var FORM = /^[\w.*%+-]+=[\w.*%+&=-]*$/;
var MAX_LENGTH2 = 2e3;
function showBody(text, isFull2) {
  const show3 = (name, value) => isFull2 ? value : shorten(name, value);
  const cut = text.length > MAX_LENGTH2 ? `${text.slice(0, MAX_LENGTH2)}…` : text;
  return replaceSecrets(text, show3, 2) ?? showForm(text, show3) ?? cut;
}
function showForm(text, show3) {
  if (!FORM.test(text)) return void 0;
  const lines = Array.from(new URLSearchParams(text), ([name, value]) => [
    name,
    isSecret(name, value) ? show3(name, value) : value
  ]);
  return lines.map((line) => line.join("=")).join("\n");
}
var shortenToken = (token2) => token2.split(".").map((part) => part.length > 8 ? `${part.slice(0, 8)}…` : part).join(".");
var isSecret = (name, value) => Object.hasOwn(secretFields, name) && (name !== "code" || !/^[a-z_]+$/.test(value));
function shorten(name, value) {
  return /password$|^(client_)?secret$|^(recovery_)?codes?$/.test(name) ? "••••••" : `${value.slice(0, 12)}…`;
}
function replaceSecrets(text, replace, indent = 0) {
  try {
    const replaceField = (name, value) => {
      if (Array.isArray(value) && Object.hasOwn(secretFields, name))
        return value.map((entry) => replaceField(name, entry));
      return typeof value === "string" && isSecret(name, value) ? replace(name, value) : value;
    };
    return JSON.stringify(JSON.parse(text), replaceField, indent);
  } catch {
    return void 0;
  }
}
function replaceInForm(text, replace) {
  if (!FORM.test(text)) return void 0;
  const replaceField = (field) => {
    const [[name = "", value = ""] = []] = new URLSearchParams(field);
    return isSecret(name, value) ? `${name}=${replace(name)}` : field;
  };
  return text.split("&").map(replaceField).join("&");
}

// packages/playground/src/curl.ts
function curlOf({ method, url, headers, body }, isFull2) {
  const isImplied = method === (body === "" ? "GET" : "POST");
  return [
    `curl ${isAnsweredByHeaders(url) ? "-si" : "-s"}`,
    ...isImplied ? [] : [`-X ${method}`],
    /^[\w:/.-]+$/.test(url) ? url : quote(url),
    ...headers.map(([name, value]) => `-H ${quoteHeader(name, value, isFull2)}`),
    ...body === "" ? [] : [`-d ${isFull2 ? quote(body) : quoteWithVariables(body)}`]
  ].join(" ");
}
function quoteHeader(name, value, isFull2) {
  if (name !== "authorization" || isFull2) return quote(`${name}: ${value}`);
  return `"${name}: Bearer $${value.startsWith("Bearer lk_") ? "API_KEY" : "TOKEN"}"`;
}
var isAnsweredByHeaders = (url) => new URL(url).pathname === "/auth/verify";
function quoteWithVariables(body) {
  const json = replaceSecrets(body, (name) => `$${secretFields[name]}`);
  if (json === void 0) return `'${replaceInForm(body, (name) => `'"$${secretFields[name]}"'`) ?? "…"}'`;
  return [...new Set(Object.values(secretFields))].reduce(
    (line, variable) => line.replaceAll(`"$${variable}"`, `"'"$${variable}"'"`),
    quote(json)
  );
}
var quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

// packages/playground/src/exchange.ts
function pathOf2({ url }) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

// packages/playground/src/log.ts
var MAX_ENTRIES = 50;
var list = find("requests", HTMLOListElement);
var secrets = find("show-secrets", HTMLInputElement);
var entries = /* @__PURE__ */ new Map();
var isFull = () => secrets.checked;
function showExchange(exchange) {
  const known = entries.get(exchange);
  const entry = known ?? make("li", "");
  const isOpen = known?.querySelector("details")?.open ?? true;
  entry.replaceChildren(showDetails(exchange, isOpen));
  if (known !== void 0) return;
  const former = list.querySelector("details");
  if (former !== null) former.open = false;
  entries.set(exchange, entry);
  list.prepend(entry);
  find("no-requests", HTMLParagraphElement).hidden = true;
  const [oldest] = entries;
  if (entries.size > MAX_ENTRIES && oldest !== void 0) forget2(oldest);
}
function showAgain() {
  for (const exchange of entries.keys()) showExchange(exchange);
}
function clearLog() {
  for (const entry of entries) forget2(entry);
  find("no-requests", HTMLParagraphElement).hidden = false;
}
function forget2([exchange, entry]) {
  entry.remove();
  entries.delete(exchange);
}
function showDetails(exchange, isOpen) {
  const { method, body } = exchange;
  const summary = make(
    "summary",
    "",
    make("b", "", method),
    make("code", "path", pathOf2(exchange)),
    ...words2(exchange)
  );
  const details = make("details", "", summary, ...showText("Sent", body), ...showOutcome(exchange), showCurl(exchange));
  details.open = isOpen;
  return details;
}
function words2({ outcome }) {
  if (outcome === void 0) return [make("span", "status", "…")];
  if ("failure" in outcome) return [make("span", "status refused", "no answer")];
  const { status, milliseconds } = outcome;
  return [
    make("span", `status ${status < 400 ? "fine" : "refused"}`, String(status)),
    make("small", "", `${milliseconds} ms`)
  ];
}
function showOutcome({ outcome }) {
  if (outcome === void 0) return [];
  if ("failure" in outcome) return [make("p", "refused", outcome.failure)];
  return showText("Answer", outcome.body);
}
function showText(title3, text) {
  return text === "" ? [] : [make("h3", "", title3), make("pre", "", showBody(text, isFull()))];
}
var showCurl = (exchange) => showCopyable(curlOf(exchange, isFull()), `the curl line of ${exchange.method} ${pathOf2(exchange)}`, outputs.log);

// packages/playground/src/recorder.ts
function createRecorder(report) {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    const exchange = { method, url, headers: [...headers], body: await request.clone().text() };
    report(exchange);
    try {
      const { response, ...answer } = await send(request);
      exchange.outcome = answer;
      return response;
    } catch (error) {
      exchange.outcome = { failure: failureOf(error) };
      throw error;
    } finally {
      report(exchange);
    }
  };
}
async function send(request) {
  const start = performance.now();
  const response = await fetch(request);
  const milliseconds = Math.round(performance.now() - start);
  return { response, status: response.status, body: await response.clone().text(), milliseconds };
}
function failureOf(error) {
  const isLate = error instanceof DOMException && error.name === "TimeoutError";
  return isLate ? "There was no answer in time." : "There was no answer. Is the service still running?";
}

// packages/playground/src/send.ts
var listeners = /* @__PURE__ */ new Set([showExchange]);
var send2 = createRecorder((exchange) => {
  for (const listener of listeners) listener(exchange);
});
function onExchange(listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

// packages/playground/src/find-challenge.ts
async function findChallenge(work) {
  let challenge3;
  const end = onExchange(({ outcome }) => {
    if (outcome !== void 0 && "body" in outcome) challenge3 = parseChallenge(outcome.body) ?? challenge3;
  });
  try {
    await work();
    return void 0;
  } catch (error) {
    if (challenge3 === void 0) throw error;
    return challenge3;
  } finally {
    end();
  }
}

// packages/playground/src/second-step.ts
var form = find("second-step", HTMLFormElement);
var challenge2;
var secondStep = () => challenge2;
function showSecondStep(next) {
  challenge2 = next;
  form.reset();
  showProblems(form, void 0);
  form.hidden = next === void 0;
  find("second-step-passkey", HTMLButtonElement).hidden = next?.methods.includes("passkey") !== true;
  if (next !== void 0) find("second-step-factor", HTMLInputElement).focus();
}

// packages/playground/src/go-in.ts
async function goIn(work, done) {
  showSecondStep(void 0);
  showFactorsPart(void 0);
  const challenge3 = await findChallenge(work);
  if (challenge3 === void 0) return done;
  if (challenge3.kind === "use") showSecondStep(challenge3);
  else showEnrolment(challenge3);
  return challenge3.message;
}

// packages/playground/src/explorer.ts
var PATH3 = "/cdn-cgi/local/explorer/api/local/email/sending";
async function listMails() {
  const result = await ask({ per_page: "10" });
  return Array.isArray(result) ? result.map(parseMail) : void 0;
}
async function readMail(id) {
  return textOf(await ask({ email_id: id }), "text");
}
async function ask(query) {
  try {
    const response = await fetch(`${PATH3}?${new URLSearchParams(query).toString()}`);
    return fieldOf(await response.json(), "result");
  } catch {
    return void 0;
  }
}
function parseMail(entry) {
  const to = fieldOf(entry, "to");
  const [id = "", subject2 = "", sentAt = ""] = ["messageId", "subject", "sentAt"].map((name) => textOf(entry, name));
  return { id, to: Array.isArray(to) ? to.join(", ") : "", subject: subject2, sentAt };
}

// packages/playground/src/mails.ts
var MAX_LOOKS = 8;
var PAUSE_MS = 400;
var list2 = find("mails", HTMLUListElement);
var newest;
async function showMails() {
  const mails = await listMails();
  if (mails === void 0) {
    say(outputs.mails, "Nobody lists mails here. `npm run dev` does.");
    return true;
  }
  const isNew = mails[0]?.id !== newest;
  newest = mails[0]?.id;
  say(outputs.mails, mails.length === 0 ? "No mail yet." : "");
  if (isNew) list2.replaceChildren(...mails.map(showMail));
  return isNew;
}
async function showNewMail() {
  for (let looks = 0; looks < MAX_LOOKS && !await showMails(); looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
function showMail({ id, to, subject: subject2, sentAt }, index) {
  const time = make("small", "", new Date(sentAt).toLocaleTimeString());
  const text = make("pre", "", "…");
  const details = make("details", "", make("summary", "", make("b", "", subject2), time, make("small", "", to)), text);
  details.addEventListener("toggle", () => void showText2(id, text), { once: true });
  details.open = index === 0;
  return make("li", "", details);
}
async function showText2(id, element) {
  const text = await readMail(id) ?? "This mail is gone.";
  element.replaceChildren(
    ...text.trim().split(/(https?:\/\/\S+)/).map(showPart2)
  );
}
function showPart2(part, index) {
  if (index % 2 === 0) return part;
  const link = make("a", "", part);
  link.href = part;
  link.target = "_blank";
  return link;
}

// packages/playground/src/mailing.ts
var MAILED = 'If a mail goes out, it appears under "Mails".';
function onMailing(id, ask3) {
  const form3 = find("login", HTMLFormElement);
  onClick(id, async () => {
    showProblems(form3, void 0);
    const refusal = await act(outputs.account, async () => {
      await ask3();
      showNewMail().catch(reportError);
      return MAILED;
    });
    showProblems(form3, refusal);
  });
}
function goOnByMail(password) {
  find("by-mail", HTMLDetailsElement).open = true;
  find("registration-password", HTMLInputElement).value = password;
  find("registration-proof", HTMLInputElement).focus();
  showNewMail().catch(reportError);
}
function readProof(text) {
  const [, token2] = /#token=(.*)$/s.exec(text.trim()) ?? [];
  const proof = token2 ?? text.trim();
  return /^[\d ]*$/.test(proof) ? { code: proof.replaceAll(" ", "") } : { token: proof };
}

// packages/playground/src/clients.ts
var title = find("client-title", HTMLHeadingElement);
var showClientEntry = (lookAt3) => (client3) => {
  const words3 = [client3.client_id, ...client3.disabled_on === null ? [] : ["disabled"], ...client3.scopes];
  const button = make("button", "", client3.name);
  button.type = "button";
  button.addEventListener("click", () => lookAt3(client3.client_id));
  return make("li", "", button, make("small", "", words3.join(", ")));
};
function showClient(client3, remove2 = async () => {
}) {
  const { secrets: secrets2 = [], name = "", ...fields } = client3 ?? {};
  find("client", HTMLDivElement).hidden = client3 === void 0;
  title.textContent = name;
  find("disable-client", HTMLButtonElement).textContent = isOff(client3) ? "Enable the client" : "Disable the client";
  find("client-fields", HTMLDListElement).replaceChildren(...fieldRows(fields));
  find("client-secrets", HTMLUListElement).replaceChildren(...secrets2.map((secret) => showSecret(secret, remove2)));
}
var focusClient = () => title.focus();
var isOff = (client3) => typeof client3?.disabled_on === "string";
function showSecret(secret, remove2) {
  const words3 = [
    make("span", "agent", `Secret ${secret.secret_id}`),
    make("small", "", `Made ${new Date(secret.created_on).toLocaleString()}`)
  ];
  const button = make("button", "", "Delete");
  button.type = "button";
  button.setAttribute("aria-label", `Delete the secret ${secret.secret_id}`);
  button.addEventListener("click", () => void remove2(secret));
  return make("li", "", make("div", "", ...words3), button);
}

// packages/playground/src/ask.ts
async function ask2(path, init, by = send2) {
  const response = await by(path, { ...init, credentials: "omit" }).catch((error) => {
    if (error instanceof LatchkeyError) throw error;
    throw new ProgramRefused("unreachable", "There was no response.");
  });
  if (!response.ok) throw refusalOf2(response, await readJson2(response));
  return response;
}
async function askJson(path, { method = "POST", fields, by } = {}) {
  const content = fields && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields) };
  return readJson2(await ask2(path, { method, ...content }, by));
}
var readJson2 = (response) => response.json().catch(() => void 0);

// packages/playground/src/program.ts
var HEADERS = ["X-Kind", "X-User-Id", "X-Roles", "X-Session-Id", "X-Client-Id", "X-Key-Id", "X-Scopes"];
async function verify(credential, scope) {
  const headers = { Authorization: `Bearer ${credential.trim()}` };
  const response = await ask2(verifyPath(scope), { headers });
  const about = {};
  for (const name of HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) about[name] = value;
  }
  return about;
}
var verifyPath = (scope) => scope.trim() === "" ? "/auth/verify" : `/auth/verify?${new URLSearchParams({ scope: scope.trim() }).toString()}`;
async function getToken(fields) {
  const given = Object.entries(fields).filter(([, value]) => value.trim() !== "");
  const body = new URLSearchParams(given.map(([name, value]) => [name, value.trim()]));
  const response = await ask2("/oauth/token", { method: "POST", body });
  const token2 = textOf(await readJson2(response), "access_token");
  if (token2 === void 0) throw new ProgramRefused("unexpected_response", "The response has no access token.");
  return token2;
}

// packages/playground/src/claims.ts
var headerWords = {
  alg: "the algorithm of the signature",
  kid: "the key that signed it, from /.well-known/jwks.json",
  typ: "an access token (RFC 9068)"
};
var claimWords = {
  iss: "who issued it",
  aud: "who it is for",
  sub: "the user or client",
  client_id: "the app or client that it was issued to",
  sid: "the session: a logout ends it",
  key_id: "the API key that was exchanged for it",
  jti: "this token",
  iat: "when it was issued",
  exp: "when it expires",
  auth_time: "when the user last proved who it is",
  acr: "how well: aal1 is by one factor, aal2 by two",
  amr: "with what: pwd is the password, otp an app, pop a passkey, mfa several",
  admin: "is the user an administrator?",
  email_verified: "has the user proved the e-mail address?",
  user_version: "the version of the account",
  scope: "the scopes: what it lets programs do",
  roles: "the roles of the user, which administrators give",
  rights_version: "the version of the rights: a change makes this token expire",
  client_version: "the version of the client"
};
var times = /* @__PURE__ */ new Set(["iat", "exp", "auth_time"]);
function showValue2(name, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (!times.has(name) || typeof value !== "number") return text;
  return `${text} (${new Date(value * 1e3).toLocaleTimeString()})`;
}

// packages/playground/src/jwt.ts
function decodeJwt(token2) {
  const [header, claims] = token2.split(".").slice(0, 2).map(decodePart);
  return header === void 0 || claims === void 0 ? void 0 : { header, claims };
}
function decodePart(text) {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : void 0;
  } catch {
    return void 0;
  }
}

// packages/playground/src/life.ts
var timer;
function showLife({ iat, exp }) {
  clearInterval(timer);
  if (typeof iat !== "number" || typeof exp !== "number") return;
  const tick = () => showSeconds(Math.ceil(exp - Date.now() / 1e3), exp - iat);
  tick();
  timer = setInterval(tick, 1e3);
}
function showSeconds(left, whole) {
  const bar = find("life", HTMLProgressElement);
  bar.max = whole;
  bar.value = Math.min(Math.max(left, 0), whole);
  find("life-text", HTMLSpanElement).textContent = left > 0 ? `${left} of ${whole} s left` : "Expired. The client gets another one for the next request.";
}

// packages/playground/src/token.ts
var shown;
function showToken(token2, isFull2) {
  shown = token2;
  showRawToken(isFull2);
  const { header = {}, claims = {} } = (token2 === void 0 ? void 0 : decodeJwt(token2)) ?? {};
  find("no-token", HTMLParagraphElement).hidden = token2 !== void 0;
  find("token", HTMLDivElement).hidden = token2 === void 0;
  showPart3("token-header", header, headerWords);
  showPart3("token-claims", claims, claimWords);
  showLife(claims);
}
function showRawToken(isFull2) {
  find("raw-token", HTMLElement).textContent = isFull2 ? shown ?? "" : shortenToken(shown ?? "");
}
function showClaims(id, token2) {
  showPart3(id, (token2 === void 0 ? void 0 : decodeJwt(token2)?.claims) ?? {}, claimWords);
}
function showPart3(id, part, words3) {
  find(id, HTMLTableSectionElement).replaceChildren(...rowsOf(part, words3));
}
function rowsOf(part, words3) {
  const names = [.../* @__PURE__ */ new Set([...Object.keys(words3), ...Object.keys(part)])].filter((name) => Object.hasOwn(part, name));
  return names.map((name) => {
    const head = make("th", "", make("code", "", name));
    head.scope = "row";
    const value = make("code", "", showValue2(name, part[name]));
    return make("tr", "", head, make("td", "", make("div", "", value, make("small", "", words3[name] ?? ""))));
  });
}

// packages/playground/src/machine.ts
var token;
function connectMachine() {
  find("machine-part", HTMLElement).hidden = false;
  onSend(
    "get-token",
    (field) => act(outputs.machine, async () => {
      showMachine(void 0);
      const [client_id, client_secret, scope] = [field("client_id"), field("client_secret"), field("scope")];
      showMachine(await getToken({ grant_type: "client_credentials", client_id, client_secret, scope }));
      return "This is an access token of the client.";
    })
  );
  onSend(
    "verify-machine",
    (field) => act(outputs.machine, async () => {
      showBearer({});
      showBearer(await verify(token ?? "", field("scope")));
      return "204: the machine is let in.";
    })
  );
}
function showMachine(next) {
  token = next;
  find("machine", HTMLDivElement).hidden = next === void 0;
  showClaims("machine-claims", next);
  showBearer({});
  showMachineAgain();
}
function showMachineAgain() {
  find("machine-token", HTMLElement).textContent = isFull() ? token ?? "" : shortenToken(token ?? "");
}
function showBearer(headers) {
  find("machine-bearer", HTMLDListElement).replaceChildren(...fieldRows(headers));
}

// packages/playground/src/pages.ts
var PAGE_SIZE = 10;
function createPages(name, show3, run4) {
  const list6 = find(name, HTMLUListElement);
  const more = find(`more-${name}`, HTMLButtonElement);
  let grow = async () => "";
  more.addEventListener("click", () => void run4(() => grow()));
  return async (read3) => {
    let after;
    grow = async () => {
      const { entries: entries2, next } = await read3({ after, limit: PAGE_SIZE });
      after = next;
      list6.append(...entries2.map(show3));
      if (next === void 0 && document.activeElement === more) find(`${name}-title`, HTMLHeadingElement).focus();
      more.hidden = next === void 0;
      if (list6.childElementCount === 0) return "There is none.";
      return `Shown: ${list6.childElementCount}.${more.hidden ? "" : " There are more."}`;
    };
    clearPages(name);
    return grow();
  };
}
function clearPages(name) {
  find(name, HTMLUListElement).replaceChildren();
  find(`more-${name}`, HTMLButtonElement).hidden = true;
}

// packages/playground/src/sessions.ts
function showSessions(sessions, end = async () => {
}, name = "sessions") {
  find(name, HTMLUListElement).replaceChildren(...sessions.map((session) => showSession(session, end)));
}
var hasSessions = () => find("sessions", HTMLUListElement).childElementCount > 0;
var focusSessions = () => find("sessions-title", HTMLHeadingElement).focus();
function showSession(session, end) {
  const agent = session.user_agent ?? "An unknown program";
  const place = [session.address_prefix, session.country].filter((part) => part !== null).join(", ");
  const button = make("button", "", "End");
  button.type = "button";
  button.setAttribute("aria-label", `End the session that began ${timeOf(session.started_on)}: ${agent}`);
  button.addEventListener("click", () => void end(session.id));
  const words3 = [
    ..."current" in session && session.current ? [make("strong", "", "This session")] : [],
    make("span", "agent", agent),
    make("small", "", `Began ${timeOf(session.started_on)}, last used ${timeOf(session.last_used_on)}`),
    ...place === "" ? [] : [make("small", "", `From ${place}`)]
  ];
  return make("li", "", make("div", "", ...words3), button);
}
var timeOf = (text) => new Date(text).toLocaleString();

// packages/playground/src/subject.ts
var view2 = find("subject", HTMLDivElement);
var title2 = find("subject-title", HTMLHeadingElement);
function showSubject(user) {
  view2.hidden = user === void 0;
  title2.textContent = user?.email ?? "";
  find("subject-roles", HTMLInputElement).value = user?.roles.join(", ") ?? "";
  find("disable", HTMLButtonElement).textContent = isDisabled(user) ? "Enable" : "Disable";
  find("subject-fields", HTMLDListElement).replaceChildren(...user === void 0 ? [] : rowsOf2(user));
  showSessions([], void 0, "subject-sessions");
}
var focusSubject = () => title2.focus();
var isDisabled = (user) => typeof user?.disabled_on === "string";
function rowsOf2({ login, ...account }) {
  const user = { ...account, factors: wordsOfFactors(account.factors) };
  const waits = login.waits.map(({ until, by }) => {
    const time = new Date(until).toLocaleString();
    return by === "network" ? `one network until ${time}` : `new networks until ${time}`;
  });
  return fieldRows({ ...user, ...login, waits });
}
function wordsOfFactors({ totp, passkeys, recovery_codes: codes }) {
  return [
    ...totp ? ["authenticator app"] : [],
    ...passkeys === 0 ? [] : [`passkeys: ${passkeys}`],
    ...codes === 0 ? [] : [`recovery codes: ${codes}`]
  ];
}

// packages/playground/src/administration.ts
var section2 = find("administration", HTMLElement);
var shownTo2;
var administratorId = () => shownTo2;
function showAdministration(user) {
  const id = user?.admin === true ? user.user_id : void 0;
  const hasFocus = section2.contains(document.activeElement);
  section2.hidden = id === void 0;
  if (section2.hidden && hasFocus) find("account-title", HTMLHeadingElement).focus();
  if (id === shownTo2) return;
  shownTo2 = id;
  for (const form3 of section2.querySelectorAll("form")) form3.reset();
  showSubject(void 0);
  showClient(void 0);
  hideOnce("secret");
  showMachine(void 0);
  for (const name of ["users", "events", "clients"]) clearPages(name);
}

// packages/playground/src/keys.ts
var section3 = find("api-keys", HTMLElement);
var shownTo3;
var newKey;
function showKeysPart(user) {
  const id = user?.user_id;
  const hasFocus = section3.contains(document.activeElement);
  section3.hidden = id === void 0;
  if (section3.hidden && hasFocus) find("account-title", HTMLHeadingElement).focus();
  if (id === shownTo3) return;
  shownTo3 = id;
  for (const form3 of section3.querySelectorAll("form")) form3.reset();
  clearPages("keys");
  showNewKey(void 0);
  clearAnswer();
}
function showNewKey(created) {
  newKey = created;
  hideOnce("key");
  showNewKeyAgain();
}
function showNewKeyAgain() {
  if (newKey === void 0) return;
  const { key, scopes } = newKey;
  const url = new URL(verifyPath(scopes.join(" ")), location.origin).href;
  const line = curlOf({ method: "GET", url, headers: [["authorization", `Bearer ${key}`]], body: "" }, isFull());
  const [first, second] = [[key, "the key"], [line, "the curl line that uses the key"]];
  showOnce("key", showCopyable(...first, outputs.keys), showCopyable(...second, outputs.keys));
}
function forgetNewKey(id) {
  if (newKey?.key_id === id) showNewKey(void 0);
}
function showBearer2(headers) {
  find("key-bearer", HTMLDListElement).replaceChildren(...fieldRows(headers));
}
function showExchanged(token2) {
  find("key-token", HTMLTableElement).hidden = token2 === void 0;
  showClaims("key-claims", token2);
}
function clearAnswer() {
  showBearer2({});
  showExchanged(void 0);
}
var showKey = (revoke) => (key) => {
  const [made, end, use] = [key.created_on, key.expires_on, key.last_used_on].map(timeOf2);
  const times2 = `Made ${made}, ${end === void 0 ? "never expires" : `expires ${end}`}`;
  const words3 = [
    make("span", "agent", key.name),
    make("small", "", `Scopes: ${key.scopes.join(" ")}`),
    make("small", "", `${times2}, ${use === void 0 ? "not used yet" : `last used ${use}`}`)
  ];
  const button = make("button", "", "Revoke");
  button.type = "button";
  button.setAttribute("aria-label", `Revoke the key ${key.name}`);
  button.addEventListener("click", () => void revoke(key));
  return make("li", "", make("div", "", ...words3), button);
};
var timeOf2 = (text) => text === null ? void 0 : new Date(text).toLocaleString();

// packages/playground/src/given-tokens.ts
var PATHS = /* @__PURE__ */ new Set(["/auth/login", "/auth/refresh"]);
function createGivenTokens(send3) {
  let given;
  return {
    give: (body) => void (given = { body }),
    /** Forgets what was given. Returns whether nobody has asked for it. */
    takeBack: () => {
      const isLeft = given !== void 0;
      given = void 0;
      return isLeft;
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (given === void 0 || !PATHS.has(new URL(request.url).pathname)) return send3(request);
      const { body } = given;
      given = void 0;
      return Response.json({
        status: "success",
        auth_token: fieldOf(body, "auth_token"),
        expires_in: fieldOf(body, "expires_in"),
        refresh_token: textOf(body, "refresh_token") ?? textOf(await request.json(), "refresh_token")
      });
    }
  };
}

// packages/playground/src/logins.ts
var CHOICE = "latchkey-playground-store";
function createLogins(send3, onChange) {
  const given = createGivenTokens(send3);
  const stores = { memory: memoryStore(), localStorage: localStorageStore() };
  const clients = {
    memory: createLatchkey({ url: "/", store: stores.memory, fetch: given.fetch }),
    localStorage: createLatchkey({ url: "/", store: stores.localStorage, fetch: given.fetch })
  };
  let place = readChoice();
  for (const [name, client3] of Object.entries(clients)) client3.onChange(() => void (name === place && onChange()));
  return {
    place: () => place,
    client: () => clients[place],
    /** Keeps the tokens in the body of a login that the page has made itself. */
    keepLogin: async (body) => {
      given.give(body);
      await clients[place].logIn({ email: "", password: "" }).finally(given.takeBack);
    },
    /** Keeps the tokens in a response to the user: of the same session, or of one that follows it. */
    keepNext: async (body) => {
      for (let rounds = 0; rounds < 3; rounds += 1) {
        given.give(body);
        await clients[place].refresh().catch((error) => {
          given.takeBack();
          throw error;
        });
        if (!given.takeBack()) return;
      }
    },
    /** Keeps the login at `next` from now on, unless there is another one already. Refusal: `store_failed`. */
    keepAt: async (next) => {
      try {
        const [login, other] = [await stores[place].get(), await stores[next].get()];
        if (typeof login === "string" && typeof other !== "string") {
          await stores[next].set(login);
          await stores[place].remove();
        }
        localStorage.setItem(CHOICE, next);
      } catch (cause) {
        throw new LatchkeyError("store_failed", "This browser does not let the page use localStorage.", { cause });
      }
      place = next;
    }
  };
}
function readChoice() {
  try {
    return localStorage.getItem(CHOICE) === "localStorage" ? "localStorage" : "memory";
  } catch {
    return "memory";
  }
}

// packages/playground/src/step-up.ts
function stepUpOf(status, text) {
  const body = parseJson(text);
  if (status !== 401 || textOf(body, "code") !== "insufficient_user_authentication") return void 0;
  return { acr: textOf(body, "acr_values") };
}

// packages/playground/src/reauthentication.ts
var form2 = find("reauthenticate", HTMLFormElement);
var output = outputs.token;
var asked;
var placeOfProof = () => output;
function offerAfterRefusals() {
  onExchange(({ outcome }) => {
    asked = outcome !== void 0 && "body" in outcome ? stepUpOf(outcome.status, outcome.body) : void 0;
  });
  onRefusal((place) => {
    if (asked !== void 0) offerProof(place, asked.acr);
    asked = void 0;
  });
}
function offerProof(place, acr) {
  output = place;
  place.after(form2);
  form2.reset();
  showProblems(form2, void 0);
  form2.hidden = false;
  find(acr === "aal2" ? "reauthenticate-factor" : "reauthenticate-password", HTMLInputElement).focus();
}
function hideProof() {
  form2.reset();
  form2.hidden = true;
}

// packages/playground/src/page.ts
var logins = createLogins(send2, () => void followChange());
var asUser = (input, init) => logins.client().fetch(input, init);
async function showLogin() {
  const client3 = logins.client();
  try {
    const user = await client3.user();
    showAccount(user);
    showAdministration(user);
    showFactorsPart(user);
    showKeysPart(user);
    showSecondStep(void 0);
    showToken(user && await client3.accessToken(), isFull());
    if (user === void 0) showNobody();
    return user;
  } catch (error) {
    const isKept = await client3.accessToken().catch(() => "") !== void 0;
    showAccount(isKept ? {} : void 0);
    showAdministration(void 0);
    showFactorsPart(void 0);
    showKeysPart(void 0);
    throw error;
  }
}
function showNobody() {
  showSessions([]);
  hideProof();
}
async function showHeldToken() {
  showToken(await logins.client().accessToken(), isFull());
}
async function followChange() {
  if (!isBusy()) {
    clearOthers(outputs.account);
    say(outputs.account, "Another tab has logged in or out.");
  }
  try {
    await showLogin();
  } catch (error) {
    refuse(outputs.account, error);
  }
}

// packages/playground/src/account-actions.ts
var client = () => logins.client();
function connectAccountForms() {
  onMailing("mail-reset", () => client().requestPasswordReset(readCredentials()));
  onMailing("mail-registration", () => client().requestRegistration(readCredentials()));
  onMailing("mail-verification", () => client().requestVerification());
  onSubmit("reset-password", async (field) => {
    await client().resetPassword({ ...readProofOfEmail(field("proof")), newPassword: field("new_password") });
    return "The password is set. Log in with it.";
  });
  onSubmit("confirm-registration", async (field) => {
    const given = { ...readProofOfEmail(field("proof")), password: field("password") };
    return goIn(() => client().confirmRegistration(given), "Registered, and logged in.");
  });
  onSubmit("verify-email", async (field) => {
    await client().verifyEmail(readProof(field("proof")));
    await client().refresh();
    await showLogin();
    return "The e-mail is verified.";
  });
  onSubmit("change-password", async (field) => {
    const passwords = { currentPassword: field("current_password"), newPassword: field("new_password") };
    await client().changePassword(passwords);
    return "The password is changed, and all other sessions are over.";
  });
  onSubmit("change-email", async (field) => {
    await client().changeEmail({ newEmail: field("new_email"), password: field("password") });
    showNewMail().catch(reportError);
    return MAILED;
  });
  onSubmit("confirm-email", async (field) => {
    await client().confirmEmail(readProof(field("proof")));
    await showLogin();
    return "The e-mail is changed.";
  });
  onSubmit("delete-account", async (field) => {
    await client().deleteAccount({ password: field("password") });
    return "The account is deleted.";
  });
  onClick("export", async () => {
    await act(outputs.account, async () => {
      await client().exportAccount();
      await showHeldToken();
      return 'The export is the newest answer under "Requests".';
    });
  });
}
var readProofOfEmail = (text) => ({ ...readProof(text), email: readCredentials().email });

// packages/playground/src/actions.ts
async function askUser() {
  await act(
    outputs.account,
    async () => await showLogin() === void 0 ? "The session is over." : "This is what the service says now."
  );
}
async function logOut(scope) {
  const done = { session: "Logged out.", others: "All other sessions are over.", all: "All sessions are over." };
  await act(outputs.account, async () => {
    await logins.client().logOut({ scope });
    if (scope === "others" && hasSessions()) await list3();
    return done[scope];
  });
}
async function refresh() {
  await act(outputs.token, async () => {
    await logins.client().refresh();
    await showHeldToken();
    return "This is a new one, of the same session.";
  });
}
async function listSessions() {
  await act(outputs.sessions, async () => `Live sessions: ${await list3()}.`);
}
async function endSession(id) {
  await act(outputs.sessions, async () => {
    await logins.client().endSession(id);
    if (await logins.client().accessToken() !== void 0) {
      await list3();
      focusSessions();
    }
    return "The session is over, and its access token too.";
  });
}
async function list3() {
  const sessions = await logins.client().sessions();
  showSessions(sessions, endSession);
  await showHeldToken();
  return sessions.length;
}
async function keepAt(place) {
  const refusal = await act(outputs.store, async () => {
    const before = await logins.client().accessToken();
    await logins.keepAt(place);
    if (await logins.client().accessToken() !== before) await showLogin();
    return place === "memory" ? "From now on, memory." : "From now on, localStorage.";
  });
  return refusal === void 0;
}

// packages/client/src/admin/caller.ts
function createCaller(options) {
  const { token: token2 } = options;
  const send3 = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  if (token2 === void 0 ? options.fetch === void 0 : !["string", "function"].includes(typeof token2)) {
    throw new TypeError("Give a token, a function that gives one, or a fetch that authorizes its requests.");
  }
  const request = createRequest(parseBase(options.url), send3);
  async function attempt(path, call) {
    return request(`/admin${path}`, { ...call, accessToken: await nextToken() }, read);
  }
  async function nextToken() {
    if (token2 === void 0) return void 0;
    const next = typeof token2 === "string" ? token2 : await token2();
    if (next === void 0) throw notLoggedIn();
    if (!isBearerToken(next)) throw new TypeError("The token must be a text that a header can carry.");
    return next;
  }
  return {
    /** A call that does no harm when it is repeated after a lost response. */
    call: (path, call = {}) => repeat(() => attempt(path, call)),
    /** A call that succeeds once only. Throws `unreachable` when a repeat is `usedUp` after a lost response. */
    once: (usedUp, path, call) => once([usedUp], () => attempt(path, call))()
  };
}
async function read(response) {
  return { body: await readSuccess(response), etag: response.headers.get("ETag") };
}

// packages/client/src/admin/records.ts
function parseAdminUser(data) {
  const user = parseUser(data);
  return { ...user, disabled_on: textOrNull(user["disabled_on"]), second_factor: user["second_factor"] === true };
}
function parseDetails(data) {
  const user = parseAdminUser(data);
  const { live_sessions: sessions, undeliverable_on: on } = user;
  const login = fieldsOf(user["login"]) ?? {};
  const {
    password_scheme: scheme,
    password_usable: usable,
    last_login_on: last,
    last_failed_on: failed,
    waits
  } = login;
  if (typeof sessions !== "number" || !isText(scheme) || !Array.isArray(waits)) throw unlike2("an account");
  const password = { password_scheme: scheme, password_usable: isFlag(usable) ? usable : scheme !== "none" };
  const times2 = { last_login_on: textOrNull(last), last_failed_on: textOrNull(failed) };
  return {
    ...user,
    undeliverable_on: textOrNull(on),
    live_sessions: sessions,
    factors: parseCounts(user["factors"]),
    login: { ...login, ...password, ...times2, waits: waits.map(parseWait) }
  };
}
function parseCounts(value = { totp: false, passkeys: 0, recovery_codes: 0 }) {
  const fields = fieldsOf(value) ?? {};
  const { totp, passkeys, recovery_codes: codes } = fields;
  if (!isFlag(totp) || typeof passkeys !== "number" || typeof codes !== "number") throw unlike2("an account");
  return { ...fields, totp, passkeys, recovery_codes: codes };
}
function parseWait(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { until, by } = fields;
  if (!isText(until) || !isText(by)) throw unlike2("an account");
  return { ...fields, until, by };
}
function parseDelivery(data) {
  const fields = fieldsOf(data) ?? {};
  const { mailed, link, expires_on: end } = fields;
  if (typeof mailed !== "boolean" || !isText(end) || isText(link) === mailed) throw unlike2("a link or a mail");
  return { ...fields, mailed, link: textOrNull(link), expires_on: end };
}
function parseSessionsOfUser(data) {
  if (!Array.isArray(data)) throw unlike2("a list of sessions");
  return data.map(parseAnySession);
}
function countIn({ body }, name) {
  const count = body[name];
  if (typeof count !== "number") throw unlike2("a success with numbers");
  return count;
}
function etagIn({ etag }) {
  if (etag === null) throw unlike2("an account with an ETag");
  return etag.replace(/^W\//, "");
}
var isFlag = (value) => typeof value === "boolean";
var unlike2 = (what) => new LatchkeyError("unexpected_response", `The response is not ${what}.`);

// packages/client/src/admin/client-records.ts
function parseClient(data) {
  const fields = fieldsOf(data) ?? {};
  const { client_id: id, name, scopes, jwks, secrets: secrets2, created_on: on, disabled_on: end } = fields;
  if (!isText(id) || !isText(name) || !isTexts(scopes) || !Array.isArray(secrets2) || !isText(on)) throw notClient();
  if (end !== null && !isText(end)) throw notClient();
  return {
    ...fields,
    client_id: id,
    name,
    scopes,
    jwks: jwks === null || jwks === void 0 ? null : parseJwks(jwks),
    secrets: secrets2.map(parseSecret),
    created_on: on,
    disabled_on: end,
    last_used_on: textOrNull(fields["last_used_on"]),
    last_refused_on: textOrNull(fields["last_refused_on"])
  };
}
function parseJwks(value) {
  const fields = fieldsOf(value) ?? {};
  const { keys } = fields;
  if (!Array.isArray(keys)) throw notClient();
  return { ...fields, keys: keys.map((key) => fieldsOf(key) ?? refuse2()) };
}
function parseSecret(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { secret_id: id, created_on: on } = fields;
  if (!isText(id) || !isText(on)) throw notClient();
  return { ...fields, secret_id: id, created_on: on };
}
function refuse2() {
  throw notClient();
}
var notClient = () => unlike2("a client");

// packages/client/src/admin/wire.ts
var userFields = {
  email: "email",
  emailVerified: "email_verified",
  admin: "admin",
  roles: "roles",
  claims: "claims",
  locale: "locale"
};
var userFilters = {
  email: "email",
  address: "address",
  role: "role",
  admin: "admin",
  disabled: "disabled",
  unverified: "unverified"
};
var clientFields = { name: "name", scopes: "scopes", jwks: "jwks" };
var eventFilters = { userId: "user_id", type: "type" };
var NAMES = {
  newUser: { ...userFields, password: "password" },
  userChanges: { ...userFields, disabled: "disabled" },
  changeOptions: { ifMatch: "ifMatch", lastAdmin: "last_admin" },
  userFilters,
  userQuery: { ...userFilters, after: "after", limit: "limit" },
  eventQuery: { ...eventFilters, order: "order", after: "after", limit: "limit" },
  following: { ...eventFilters, after: "after", intervalMs: "intervalMs", signal: "signal" },
  removal: { lastAdmin: "last_admin" },
  reset: { delivery: "delivery" },
  importOptions: { dryRun: "dry_run" },
  page: { after: "after", limit: "limit" },
  newClient: { ...clientFields, clientId: "client_id" },
  clientChanges: { ...clientFields, disabled: "disabled" },
  revocation: { after: "after", resetPasswords: "reset_passwords", restored: "restored" }
};
function toWire(kind, given) {
  return rename(NAMES[kind], given);
}
function checkNames2(kind, given) {
  checkNames(NAMES[kind], given);
}

// packages/client/src/admin/clients.ts
function createClientCalls({ call, once: once2 }) {
  const clientPath = (...ids) => `/clients${pathOf(...ids)}`;
  const keysOf = (path, page) => call(withQuery(`${path}/keys`, toWire("page", page)));
  return {
    /** The clients, newest first, a hundred at most. `next` is the `after` of the call for more; `undefined` at the end. */
    clients: async (page = {}) => {
      const { body } = await call(withQuery("/clients", toWire("page", page)));
      const { entries: entries2, next } = parsePart(body, parseClient);
      return { clients: entries2, next };
    },
    /** One client. Refusal: `unknown_client`. */
    client: async (id) => parseClient((await call(clientPath(id))).body["data"]),
    /**
     * Makes a client. Without `jwks`, it gets a secret, which nobody can read again. Name the `clientId`: then a repeat
     * after a lost response makes no second client. Refusals: `client_taken`; `invalid_request`.
     */
    createClient: async (given) => {
      const { body } = await once2("client_taken", "/clients", { method: "POST", fields: toWire("newClient", given) });
      const { data, client_secret: secret } = body;
      return { client: parseClient(data), clientSecret: secret === null ? void 0 : textIn2(secret) };
    },
    /**
     * Changes what is given, and nothing else; `changed` is `false` when all was so already. `jwks: null` takes the public
     * keys away. The access tokens of the client end when it is disabled, loses a scope, or gets other public keys.
     * Refusals: `unknown_client`; `change_conflict`; `invalid_request`.
     */
    changeClient: async (id, given) => {
      const { body } = await call(clientPath(id), { method: "PATCH", fields: toWire("clientChanges", given) });
      return { client: parseClient(body["data"]), changed: body["changed"] === true };
    },
    /** Deletes the client with its API keys, and ends its access tokens. Refusals: `unknown_client`; `change_conflict`. */
    deleteClient: async (id) => {
      await once2("unknown_client", clientPath(id), { method: "DELETE" });
    },
    /**
     * Gives the client a second secret, so that one can be replaced without a pause. Refusals: `too_many_secrets`;
     * `unknown_client`.
     */
    createSecret: async (id) => {
      const { body } = await once2("too_many_secrets", `${clientPath(id)}/secrets`, { method: "POST" });
      return { client: parseClient(body["data"]), clientSecret: textIn2(body["client_secret"]) };
    },
    /** Deletes a secret, and ends all access tokens of the client. Refusals: `unknown_secret`; `unknown_client`. */
    deleteSecret: async (id, secretId) => {
      const path = `${clientPath(id)}/secrets${pathOf(secretId)}`;
      return parseClient((await once2("unknown_secret", path, { method: "DELETE" })).body["data"]);
    },
    /**
     * Makes an API key for a client. Nobody can read its `key` again. Refusals: `unknown_client`; `invalid_request`, also for
     * a scope that the client does not have, or one of Latchkey itself; `client_disabled`; `too_many_keys`; `change_conflict`.
     */
    createClientKey: async (id, given) => parseNewKey((await call(`${clientPath(id)}/keys`, { method: "POST", fields: keyFields(given) })).body),
    /** The API keys of a client, newest first, a hundred at most. Refusal: `unknown_client`. */
    clientKeys: async (id, page = {}) => parseKeys((await keysOf(clientPath(id), page)).body),
    /** Revokes an API key of a client. Refusals: `unknown_key`; `unknown_client`. */
    revokeClientKey: async (id, keyId) => {
      await call(`${clientPath(id)}/keys${pathOf(keyId)}`, { method: "DELETE" });
    },
    /** The API keys of a user, newest first, a hundred at most. Refusal: `unknown_user`. */
    userKeys: async (userId, page = {}) => parseKeys((await keysOf(`/users${pathOf(userId)}`, page)).body),
    /** Revokes an API key of a user. Refusals: `unknown_key`; `unknown_user`. */
    revokeUserKey: async (userId, keyId) => {
      await call(`/users${pathOf(userId)}/keys${pathOf(keyId)}`, { method: "DELETE" });
    }
  };
}
function textIn2(secret) {
  if (!isText(secret)) throw unlike2("a client with its secret");
  return secret;
}

// packages/client/src/admin/pause.ts
function checkPause(ms) {
  if (typeof ms === "number" && ms >= 100 && ms < 2 ** 31) return;
  throw new TypeError("intervalMs must be a number of milliseconds, 100 at least.");
}
function pause(ms, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const end = () => {
      clearTimeout(timer2);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer2 = setTimeout(end, ms);
    signal?.addEventListener("abort", end);
  });
}

// packages/client/src/admin/events.ts
var DEFAULT_INTERVAL_MS = 2e3;
function createEventCalls({ call }) {
  async function read3(query) {
    return parseEvents((await call(withQuery("/events", toWire("eventQuery", query)))).body);
  }
  async function* follow2({ intervalMs = DEFAULT_INTERVAL_MS, signal, ...filters }) {
    const isOver = () => signal?.aborted === true;
    let { after } = filters;
    while (!isOver()) {
      const { events, next } = await read3({ ...filters, order: "oldest", after });
      for (const event of events) {
        if (isOver()) return;
        yield event;
      }
      after = next ?? events.at(-1)?.id ?? after;
      if (next === void 0) await pause(intervalMs, signal);
    }
  }
  return {
    /**
     * A hundred events at most, by default the `oldest` first. `next` is the `after` of the call for more; `undefined`
     * when there are no more now. Refusal: `invalid_request`.
     */
    read: (query = {}) => read3(query),
    /**
     * The events `after` an id, or from the oldest on, and then each new one. Ends when `signal` aborts. After an error, go
     * on with the id of the last event as `after`: none is missed. Throws `TypeError` for an `intervalMs` below 100.
     */
    follow: (given = {}) => {
      checkNames2("following", given);
      if (given.intervalMs !== void 0) checkPause(given.intervalMs);
      return follow2(given);
    }
  };
}

// packages/client/src/admin/lines.ts
function checkLines(lines) {
  if (Array.isArray(lines) && lines.every(fieldsOf)) return;
  throw new TypeError("Give the users as a list of objects.");
}
function parseLine(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { id, email, password_hash: hash, registered_on: on, email_verified: isVerified, locale } = fields;
  const { admin: admin2, roles, claims, disabled } = fields;
  const rights = fieldsOf(claims);
  if (!isText(id) || !isText(email) || !isText(on) || !isFlag(isVerified) || !isHash(hash)) throw notLine();
  if (!isFlag(admin2) || !isTexts(roles) || rights === void 0 || !isFlag(disabled)) throw notLine();
  const account = { id, email, password_hash: hash, registered_on: on, email_verified: isVerified };
  return { ...fields, ...account, admin: admin2, roles, claims: rights, disabled, locale: textOrNull(locale) };
}
var isHash = (value) => value === null || isText(value);
var notLine = () => unlike2("a list of users with their hashes");

// packages/client/src/admin/report.ts
function parseReport(answer) {
  const { data, schemes } = answer.body;
  if (!Array.isArray(data) || !Array.isArray(schemes)) throw notReport();
  return {
    imported: countIn(answer, "imported"),
    unchanged: countIn(answer, "unchanged"),
    refused: countIn(answer, "refused"),
    lines: data.map(parseImported),
    schemes: schemes.map(parseCost)
  };
}
function parseImported(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { line, outcome, user_id: user, errors } = fields;
  if (typeof line !== "number" || !isText(outcome) || !Array.isArray(errors)) throw notReport();
  return { ...fields, line, outcome, user_id: isText(user) ? user : null, errors: errors.map(parseError) };
}
function parseError(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { path, message } = fields;
  if (!isText(path) || !isText(message)) throw notReport();
  return { ...fields, path, message };
}
function parseCost(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { parameters, cpu_ms: cost } = fields;
  if (!isText(parameters) || typeof cost !== "number") throw notReport();
  return { ...fields, ...parseCount(entry), parameters, cpu_ms: cost };
}
function parseCount(entry) {
  const fields = fieldsOf(entry) ?? {};
  const { scheme, users } = fields;
  if (!isText(scheme) || typeof users !== "number") throw notReport();
  return { ...fields, scheme, users };
}
var notReport = () => unlike2("a report of users and their hashes");

// packages/client/src/admin/moving.ts
function createMovingCalls({ call }) {
  return {
    /**
     * Makes accounts of 1 to 500 lines, with the password hashes of other systems. All good lines are taken in one
     * transaction; a line that is refused says why in the report. Call it again as often as you want: users who are there
     * are `unchanged`. Refusals: `invalid_request`, also for more lines; `import_too_large` for more than 1 MiB.
     */
    importUsers: async (lines, options = {}) => {
      checkLines(lines);
      const path = withQuery("/import", toWire("importOptions", options));
      return parseReport(await call(path, { method: "POST", lines }));
    },
    /**
     * Users with their password hashes, 500 at most, as `importUsers` takes them. `next` is the `after` of the call for
     * more; `undefined` at the end. Refusals: `operator_required`; `invalid_request`.
     */
    exportUsers: async (page = {}) => {
      const { body } = await call(withQuery("/export", toWire("page", page)));
      const { entries: entries2, next } = parsePart(body, parseLine);
      return { lines: entries2, next };
    },
    /** Counts the users who have not logged in since their import. */
    stats: async () => {
      const { legacy_hashes: counts, legacy_hashes_until: until } = fieldsOf((await call("/stats")).body["data"]) ?? {};
      if (!Array.isArray(counts)) throw unlike2("a list of schemes");
      return { legacyHashes: counts.map(parseCount), legacyHashesUntil: isText(until) ? until : void 0 };
    }
  };
}

// packages/client/src/admin/users.ts
function createUserCalls({ call, once: once2 }) {
  const userPath = (...ids) => `/users${pathOf(...ids)}`;
  async function find2(query) {
    const { body } = await call(withQuery("/users", toWire("userQuery", query)));
    const { entries: entries2, next } = parsePart(body, parseAdminUser);
    return { users: entries2, next };
  }
  return {
    /**
     * A hundred users at most, newest first, or in the order of their addresses where `email` says which. `next` is the
     * `after` of the call for more; `undefined` at the end. Refusal: `invalid_request`.
     */
    find: (query = {}) => find2(query),
    /** All users that `find` finds, one after the other. Asks for more when they are needed. */
    all: async function* (filters = {}) {
      checkNames2("userFilters", filters);
      let after;
      do {
        const { users, next } = await find2({ ...filters, after });
        yield* users;
        after = next;
      } while (after !== void 0);
    },
    /** The user with this address, in any spelling; `undefined` when there is none. Refusal: `invalid_request`. */
    findByAddress: async (address) => {
      if (typeof address !== "string" || address === "") throw new TypeError("Give the address as a text.");
      return (await find2({ address, limit: 1 })).users[0];
    },
    /** One user, with what tells why somebody cannot log in, and the `etag` for a change that depends on this state. */
    get: async (id) => {
      const answer = await call(userPath(id));
      return { user: parseDetails(answer.body["data"]), etag: etagIn(answer) };
    },
    /**
     * Makes an account. Without a password, the user is invited to set one: by mail, or an operator gets the link. Refusals:
     * `address_taken`; `invalid_request`; `mail_unavailable`, where an administrator cannot invite by mail.
     */
    create: async (given) => {
      const { body } = await once2("address_taken", "/users", { method: "POST", fields: toWire("newUser", given) });
      const { data, invitation } = body;
      return { user: parseAdminUser(data), invitation: invitation === null ? void 0 : parseDelivery(invitation) };
    },
    /**
     * Changes what is given, and nothing else; `changed` is `false` when all was so already. With `ifMatch`, an `etag`,
     * only while the account is as it was then. Other rights make the older access tokens of the user `expired_token`.
     * Disabling ends all sessions. Refusals: `precondition_failed`; `change_conflict`; `address_taken`; `own_account`;
     * `last_admin`, unless an operator says `lastAdmin`; `invalid_request`.
     */
    change: async (id, given, options = {}) => {
      checkNames2("changeOptions", options);
      const { ifMatch, ...removal } = options;
      const path = withQuery(userPath(id), toWire("removal", removal));
      const change2 = { method: "PATCH", fields: toWire("userChanges", given), ifMatch };
      const answer = await (ifMatch === void 0 ? call(path, change2) : once2("precondition_failed", path, change2));
      const user = parseAdminUser(answer.body["data"]);
      return {
        user,
        etag: etagIn(answer),
        changed: answer.body["changed"] === true,
        sessionsRevoked: countIn(answer, "sessions_revoked")
      };
    },
    /** Deletes the account, and ends its sessions. Refusals: `own_account`; `last_admin`, unless an operator says `lastAdmin`. */
    delete: async (id, removal = {}) => {
      const path = withQuery(userPath(id), toWire("removal", removal));
      const answer = await once2("unknown_user", path, { method: "DELETE" });
      return { sessionsRevoked: countIn(answer, "sessions_revoked") };
    },
    /** The live sessions of the user, newest first. */
    sessions: async (id) => parseSessionsOfUser((await call(`${userPath(id)}/sessions`)).body["data"]),
    /** Ends all sessions of the user. */
    revokeSessions: async (id) => {
      const answer = await call(`${userPath(id)}/sessions`, { method: "DELETE" });
      return { sessionsRevoked: countIn(answer, "sessions_revoked") };
    },
    /** Ends one session of the user. Also returns when it was over. Refusal: `unknown_session`. */
    revokeSession: async (id, sessionId) => {
      await call(`${userPath(id)}/sessions${pathOf(sessionId)}`, { method: "DELETE" });
    },
    /** Forgets the failed attempts to log in, so that the user need not wait any more. */
    unlock: async (id) => {
      const answer = await call(`${userPath(id)}/unlock`, { method: "POST" });
      return { attemptsForgotten: countIn(answer, "attempts_forgotten") };
    },
    /**
     * Removes all second factors and recovery codes, for a user who has lost them, and ends all sessions. Check first who it
     * is that asks. Refusal: `operator_required`.
     */
    removeFactors: async (id) => {
      const answer = await call(`${userPath(id)}/factors`, { method: "DELETE" });
      return {
        factorsRemoved: countIn(answer, "factors_removed"),
        sessionsRevoked: countIn(answer, "sessions_revoked")
      };
    },
    /**
     * Mails a link that sets another password, or gives it to an operator. By default it is mailed where the service sends
     * mail. Refusals: `operator_required` for a link; `mail_unavailable`; `user_disabled`.
     */
    resetPassword: async (id, options = {}) => {
      const path = `${userPath(id)}/password-reset`;
      return parseDelivery((await call(path, { method: "POST", fields: toWire("reset", options) })).body["data"]);
    }
  };
}

// packages/client/src/admin/create-admin.ts
function createAdmin(options) {
  const caller = createCaller(options);
  return {
    users: createUserCalls(caller),
    events: createEventCalls(caller),
    ...createMovingCalls(caller),
    ...createClientCalls(caller),
    /**
     * Ends the sessions of many users, for instance after a leak: call it again with `next` as `after` until `next` is
     * `undefined`. `resetPasswords` makes all passwords useless. After a restore of the database, `restored` also makes
     * mailed links useless. Refusal: `operator_required`.
     */
    revokeAllSessions: async (options2 = {}) => {
      const fields = toWire("revocation", options2);
      const answer = await caller.call("/sessions/revoke", { method: "POST", fields });
      return {
        usersChanged: countIn(answer, "users_changed"),
        sessionsRevoked: countIn(answer, "sessions_revoked"),
        next: cursorIn(answer.body)
      };
    }
  };
}

// packages/playground/src/administer.ts
var admin = createAdmin({ url: "/", fetch: asUser });
async function administer(work, output2 = outputs.administration) {
  const refusal = await act(output2, async () => {
    const done = await work();
    await showHeldToken();
    return done;
  });
  if (refusal?.code !== "admin_required") return refusal;
  return act(outputs.account, async () => {
    await showLogin();
    throw refusal;
  });
}

// packages/playground/src/client-actions.ts
var shown2;
var shownId = () => shown2?.client_id ?? "";
var run = (work) => administer(work, outputs.clients);
function connectClients() {
  const pages = createPages("clients", showClientEntry(lookAt), run);
  const list6 = () => pages(async (page) => {
    const { clients, next } = await admin.clients(page);
    return { entries: clients, next };
  });
  onClick("list-clients", async () => void await run(list6));
  onSend(
    "make-client",
    (field) => run(async () => {
      const [name, clientId, scopes] = [field("name"), field("client_id").trim(), wordsIn(field("scopes"))];
      const made = await admin.createClient({ name, scopes, ...clientId !== "" && { clientId } });
      show(made.client);
      if (made.clientSecret !== void 0) showSecretOnce(made.clientSecret);
      find("make-client", HTMLFormElement).reset();
      await list6();
      return "Client created. Copy its secret now: nobody can read it again.";
    })
  );
  onClick("create-secret", async () => {
    await run(async () => {
      const made = await admin.createSecret(shownId());
      show(made.client);
      showSecretOnce(made.clientSecret);
      return "Secret created. The other one still works.";
    });
  });
  onClick("disable-client", async () => {
    await run(async () => {
      const { client: client3 } = await admin.changeClient(shownId(), { disabled: !isOff(shown2) });
      show(client3);
      return isOff(client3) ? "The client is disabled, and its access tokens are over." : "The client is enabled.";
    });
  });
  onClick("delete-client", async () => {
    await run(async () => {
      await admin.deleteClient(shownId());
      show(void 0);
      await list6();
      find("clients-title", HTMLHeadingElement).focus();
      return "The client is deleted.";
    });
  });
}
function lookAt(id) {
  const look = async () => {
    show(await admin.client(id));
    focusClient();
    return "This is the client now.";
  };
  run(look).catch(reportError);
}
function show(client3) {
  if (client3?.client_id !== shown2?.client_id) hideOnce("secret");
  shown2 = client3;
  showClient(client3, deleteSecret);
}
async function deleteSecret({ secret_id: id }) {
  await run(async () => {
    show(await admin.deleteSecret(shownId(), id));
    hideOnce("secret");
    focusClient();
    return "The secret is deleted, and the access tokens of the client are over.";
  });
}
function showSecretOnce(secret) {
  showOnce("secret", showCopyable(secret, "the secret", outputs.clients));
  find("machine-id", HTMLInputElement).value = shownId();
  find("machine-secret", HTMLInputElement).value = secret;
}

// packages/playground/src/events.ts
var showEvent = (lookAt3) => (event) => {
  const { type, at, actor, data, user_id: id } = event;
  const device = [event.address_prefix, event.country, event.user_agent].filter((part) => part !== null).join(", ");
  const words3 = [
    make("code", "", type),
    make("small", "", `${new Date(at).toLocaleString()}, by ${actor}`),
    ...device === "" ? [] : [make("small", "agent", `From ${device}`)],
    ...data === null ? [] : [make("code", "", JSON.stringify(data))]
  ];
  return make("li", "", make("div", "", ...words3), ...id === null ? [] : [showButton(id, lookAt3)]);
};
function showButton(id, lookAt3) {
  const button = make("button", "", "User");
  button.type = "button";
  button.setAttribute("aria-label", `User ${id}`);
  button.addEventListener("click", () => lookAt3(id));
  return button;
}

// packages/playground/src/subject-actions.ts
var subject;
var subjectId = () => subject?.user.user_id ?? "";
function lookAt2(id) {
  const look = async () => {
    await read2(id);
    focusSubject();
    return "This is the user now.";
  };
  administer(look).catch(reportError);
}
function connectSubject() {
  onClick("read-subject", () => lookAt2(subjectId()));
  onDo("disable", () => change({ disabled: !isDisabled(subject?.user) }));
  onDo("unlock", async () => {
    const { attemptsForgotten: count } = await admin.users.unlock(subjectId());
    return `Counters of attempts that are forgotten: ${count}.`;
  });
  onDo("end-subject-sessions", async () => wordsOf(await admin.users.revokeSessions(subjectId())));
  onClick("list-subject-sessions", async () => {
    await administer(async () => `Live sessions: ${await list4()}.`);
  });
  onSend("change-roles", (field) => administer(() => doAndRead(() => change({ roles: wordsIn(field("roles")) }))));
}
var onDo = (button, work) => onClick(button, async () => void await administer(() => doAndRead(work)));
async function doAndRead(work) {
  const id = subjectId();
  const done = await work();
  const mayGoOn = id !== administratorId() || (await showLogin())?.admin === true;
  if (mayGoOn) await read2(id);
  return done;
}
async function read2(id) {
  subject = await admin.users.get(id);
  showSubject(subject.user);
}
async function change(changes) {
  const options = subject === void 0 ? {} : { ifMatch: subject.etag };
  return `User changed. ${wordsOf(await admin.users.change(subjectId(), changes, options))}`;
}
async function list4() {
  const sessions = await admin.users.sessions(subjectId());
  showSessions(sessions, endSession2, "subject-sessions");
  return sessions.length;
}
async function endSession2(session) {
  const end = async () => {
    await admin.users.revokeSession(subjectId(), session);
    return "The session is over.";
  };
  await administer(async () => {
    const done = await doAndRead(end);
    if (administratorId() === void 0) return done;
    await list4();
    focusSubject();
    return done;
  });
}
var wordsOf = ({ sessionsRevoked: count }) => `Sessions that have ended: ${count}.`;

// packages/playground/src/users.ts
var showUser = (lookAt3) => (user) => {
  const words3 = [
    ...user.admin ? ["administrator"] : [],
    ...user.disabled_on === null ? [] : ["disabled"],
    ...user.email_verified ? [] : ["not verified"],
    ...user.second_factor ? ["second factor"] : [],
    ...user.roles
  ];
  const button = make("button", "", user.email);
  button.type = "button";
  button.addEventListener("click", () => lookAt3(user.user_id));
  return make("li", "", button, make("small", "", words3.join(", ")));
};

// packages/playground/src/admin-actions.ts
function connectAdministration() {
  connectSearch();
  connectEvents();
  connectClients();
  connectSubject();
}
function connectSearch() {
  const list6 = createPages("users", showUser(lookAt2), administer);
  onSend("find-users", (field) => {
    const [email, role] = ["email", "role"].map((name) => field(name).trim() || void 0);
    const filters = { email, role, disabled: field("disabled") === "true" || void 0 };
    return administer(
      () => list6(async (page) => {
        const { users, next } = await admin.users.find({ ...filters, ...page });
        return { entries: users, next };
      })
    );
  });
}
function connectEvents() {
  const list6 = createPages("events", showEvent(lookAt2), administer);
  const listNewest = async (filters) => {
    await administer(
      () => list6(async (page) => {
        const { events, next } = await admin.events.read({ ...filters, order: "newest", ...page });
        return { entries: events, next };
      })
    );
  };
  onClick("list-events", () => listNewest({}));
  onClick("list-subject-events", () => listNewest({ userId: subjectId() }));
}

// packages/playground/src/enter.ts
async function enter(how) {
  const form3 = find("login", HTMLFormElement);
  showProblems(form3, void 0);
  const refusal = await act(outputs.account, how === "register" ? register : logIn);
  showProblems(form3, refusal);
}
var logIn = () => goIn(() => logins.client().logIn(readCredentials()), "Logged in.");
async function register() {
  const credentials = readCredentials();
  try {
    return await goIn(() => logins.client().register(credentials), "Registered, and logged in.");
  } catch (error) {
    if (!(error instanceof LatchkeyError) || error.code !== "confirmation_required") throw error;
    goOnByMail(credentials.password);
    return error.message;
  }
}

// packages/playground/src/factor-entries.ts
function showFactors(data, actions2) {
  const [app, passkeys, codes] = ["totp", "passkeys", "recovery_codes"].map((name) => fieldOf(data, name) ?? void 0);
  const entries2 = [
    ...app === void 0 ? [] : [showApp(app, actions2)],
    ...Array.isArray(passkeys) ? passkeys.map((passkey) => showPasskey(passkey, actions2)) : [],
    ...codes === void 0 ? [] : [showCodes2(codes, actions2)]
  ];
  find("factor-list", HTMLUListElement).replaceChildren(...entries2);
  return entries2.length > 0;
}
function showApp(app, { removeApp }) {
  return showEntry("Authenticator app", useOf(app), showButton2("Remove", "the authenticator app", removeApp));
}
function showPasskey(entry, { renamePasskey, removePasskey }) {
  const passkey = { id: textOf(entry, "id") ?? "", name: textOf(entry, "name") ?? "" };
  const place = fieldOf(entry, "backed_up") === true ? "backed up" : "on one device";
  return showEntry(
    passkey.name,
    `Passkey, ${place}. ${useOf(entry)}`,
    showButton2("Rename", `the passkey ${passkey.name}`, () => renamePasskey(passkey)),
    showButton2("Remove", `the passkey ${passkey.name}`, () => removePasskey(passkey))
  );
}
function showCodes2(codes, { replaceCodes }) {
  const words3 = `Left: ${String(fieldOf(codes, "left"))}. Made ${timeOf3(codes, "made_on")}`;
  return showEntry("Recovery codes", words3, showButton2("Replace", "the recovery codes", replaceCodes));
}
var showEntry = (title3, words3, ...buttons) => make("li", "", make("div", "", make("span", "agent", title3), make("small", "", words3)), ...buttons);
function showButton2(verb, what, listener) {
  const button = make("button", "", verb);
  button.type = "button";
  button.setAttribute("aria-label", `${verb} ${what}`);
  button.addEventListener("click", () => void listener());
  return button;
}
function useOf(factor) {
  const use = timeOf3(factor, "last_used_on");
  return `Added ${timeOf3(factor, "added_on")}, ${use === void 0 ? "not used yet" : `last used ${use}`}`;
}
function timeOf3(value, name) {
  const text = textOf(value, name);
  return text === void 0 ? void 0 : new Date(text).toLocaleString();
}

// packages/playground/src/passkeys.ts
async function getPasskey(options) {
  if (!isRequest(options)) throw unlike3();
  const publicKey = requireHelpers().parseRequestOptionsFromJSON(options);
  return answerOf(() => navigator.credentials.get({ publicKey }));
}
async function createPasskey(options) {
  if (!isCreation(options)) throw unlike3();
  const publicKey = requireHelpers().parseCreationOptionsFromJSON(options);
  return answerOf(() => navigator.credentials.create({ publicKey }));
}
var isRequest = (value) => textOf(value, "challenge") !== void 0;
var isCreation = (value) => textOf(value, "challenge") !== void 0 && textOf(fieldOf(value, "user"), "id") !== void 0;
function requireHelpers() {
  const names = ["parseRequestOptionsFromJSON", "parseCreationOptionsFromJSON"];
  if (typeof PublicKeyCredential === "function" && names.every((name) => name in PublicKeyCredential)) {
    return PublicKeyCredential;
  }
  throw new ProgramRefused(
    "passkeys_unavailable",
    "This browser cannot use passkeys here. It needs https or localhost, and PublicKeyCredential with its JSON helpers."
  );
}
async function answerOf(ask3) {
  const credential = await ask3().catch((error) => {
    throw refusalOf3(error);
  });
  if (credential instanceof PublicKeyCredential) return credential.toJSON();
  throw new ProgramRefused("passkey_cancelled", "No passkey was chosen.");
}
function refusalOf3(error) {
  const { name, message } = error instanceof Error ? error : new Error("The browser gave no reason.");
  if (name === "NotAllowedError" || name === "AbortError") {
    return new ProgramRefused("passkey_cancelled", "No passkey was chosen, in time or at all.");
  }
  if (name === "InvalidStateError") {
    return new ProgramRefused("passkey_taken", "This device has a passkey of the account already.");
  }
  return new ProgramRefused("passkeys_unavailable", `The browser refuses passkeys here: ${message}`);
}
var unlike3 = () => new ProgramRefused("unexpected_response", "The response has no options for a passkey.");

// packages/playground/src/factor-actions.ts
var PATH4 = "/auth/factors";
var APP = `${PATH4}/totp`;
var PASSKEYS2 = `${PATH4}/passkeys`;
var enrolmentToken = "";
var run2 = (work) => act(outputs.factors, work);
function connectFactors() {
  onClick("list-factors", async () => void await run2(list5));
  onClick("offer-app", async () => {
    await run2(async () => {
      showOffer(void 0);
      const offer = fieldOf(await enrol(APP), "data");
      enrolmentToken = textOf(offer, "enrolment_token") ?? "";
      showOffer(offer);
      return "Nothing is stored yet. Scan the QR code, or copy the secret into an app.";
    });
  });
  onSend(
    "confirm-app",
    (field) => run2(async () => {
      const fields = { enrolment_token: enrolmentToken, code: field("code") };
      return goOnWith(await enrol(`${APP}/confirm`, fields));
    })
  );
  onSend(
    "add-passkey",
    (field) => run2(async () => {
      const passkey = await createPasskey(fieldOf(await enrol(`${PASSKEYS2}/options`), "data"));
      const name = field("name").trim();
      const done = await goOnWith(await enrol(PASSKEYS2, { ...name !== "" && { name }, passkey }));
      find("add-passkey", HTMLFormElement).reset();
      return done;
    })
  );
  onSend(
    "rename-passkey",
    (field) => run2(async () => {
      const options = { method: "PATCH", fields: { name: field("name") }, by: asUser };
      await askJson(`${PASSKEYS2}/${renamedPasskey()}`, options);
      showRename(void 0);
      await listAgain();
      return "The passkey has the name.";
    })
  );
}
function enrol(path, fields = {}) {
  const challenge3 = enrolment();
  if (challenge3 === void 0) return askJson(path, { fields, by: asUser });
  return askJson(path, { fields: { ...fields, challenge_token: challenge3.token } });
}
async function goOnWith(body) {
  const keep = enrolment() === void 0 ? logins.keepNext : logins.keepLogin;
  const codes = fieldOf(body, "recovery_codes");
  showOffer(void 0);
  showCodes(codes);
  await keep(body);
  await listAgain();
  return `${textOf(body, "message") ?? ""}${Array.isArray(codes) ? " Keep the recovery codes." : ""}`;
}
var actions = {
  removeApp: () => remove(APP),
  removePasskey: ({ id }) => remove(`${PASSKEYS2}/${id}`),
  renamePasskey: showRename,
  replaceCodes: async () => {
    await run2(async () => {
      const body = await askJson(`${PATH4}/recovery-codes`, { by: asUser });
      showCodes(fieldOf(fieldOf(body, "data"), "recovery_codes"));
      await listAgain();
      return "These codes work, and the former ones do not any more.";
    });
  }
};
async function remove(path) {
  await run2(async () => {
    const body = await askJson(path, { method: "DELETE", by: asUser });
    await logins.keepNext(body);
    if (!await listAgain()) hideOnce("codes");
    return `${textOf(body, "message") ?? ""} All other sessions are over.`;
  });
}
async function listAgain() {
  const hasAny = await show2();
  find("factors-title", HTMLHeadingElement).focus();
  return hasAny;
}
async function list5() {
  return await show2() ? "This is what logs in beside the password." : "There is none. The password alone logs in.";
}
async function show2() {
  const body = await askJson(PATH4, { method: "GET", by: asUser });
  const hasAny = showFactors(fieldOf(body, "data"), actions);
  await showHeldToken();
  return hasAny;
}

// packages/playground/src/key-actions.ts
var EXCHANGE = {
  grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
  subject_token_type: "urn:ietf:params:oauth:token-type:access_token"
};
var client2 = () => logins.client();
var run3 = (work) => act(outputs.keys, work);
function connectKeys() {
  const pages = createPages("keys", showKey(revoke), run3);
  const list6 = () => pages(async (page) => {
    const { keys, next } = await client2().keys(page);
    await showHeldToken();
    return { entries: keys, next };
  });
  onClick("list-keys", async () => void await run3(list6));
  onSend(
    "make-key",
    (field) => run3(async () => {
      showNewKey(void 0);
      const scopes = wordsIn(field("scopes"));
      const created = await client2().createKey({
        name: field("name"),
        ...scopes.length > 0 && { scopes },
        ...expiryOf(field("days").trim(), field("never") === "true")
      });
      showNewKey(created);
      find("make-key", HTMLFormElement).reset();
      find("try-key-key", HTMLInputElement).value = created.key;
      find("try-key-scope", HTMLInputElement).value = created.scopes.join(" ");
      await list6();
      return "Key created. Copy it now: nobody can read it again.";
    })
  );
  onSend(
    "try-key",
    (field, button) => run3(async () => {
      clearAnswer();
      const [key, scope] = [field("key"), field("scope")];
      if (button === "exchange-key") {
        showExchanged(await getToken({ ...EXCHANGE, subject_token: key, scope }));
        return "The service gives this access token for the key.";
      }
      showBearer2(await verify(key, scope));
      return "204: the key is let in.";
    })
  );
  async function revoke({ key_id: id }) {
    await run3(async () => {
      await client2().revokeKey(id);
      forgetNewKey(id);
      await list6();
      find("keys-title", HTMLHeadingElement).focus();
      return "The key is revoked.";
    });
  }
}
function expiryOf(days, never) {
  if (never) return { expiresInDays: null };
  return days === "" ? {} : { expiresInDays: /^\d{1,9}$/.test(days) ? Number(days) : 0 };
}

// packages/playground/src/proof.ts
function readFactor(text) {
  const typed = text.trim();
  return /^[\d\s-]{0,12}$/.test(typed) ? { code: typed } : { recovery_code: typed };
}

// packages/playground/src/second-step-actions.ts
function connectFactorLogins() {
  onSend(
    "second-step",
    (field, button) => act(outputs.account, async () => {
      const { token: token2, passkeyOptions } = secondStep() ?? {};
      const byPasskey = button === "second-step-passkey";
      const proof = byPasskey ? { passkey: await getPasskey(passkeyOptions) } : readFactor(field("factor"));
      await logins.keepLogin(await askJson("/auth/login/factor", { fields: { challenge_token: token2, ...proof } }));
      return "Logged in, with a second factor.";
    })
  );
  onClick("log-in-passkey", async () => {
    await act(outputs.account, async () => {
      const passkey = await getPasskey(await findPasskeyOptions());
      await logins.keepLogin(await askJson("/auth/login/passkey", { fields: { passkey } }));
      return "Logged in, by a passkey alone.";
    });
  });
}
var findPasskeyOptions = async () => fieldOf(await askJson("/auth/login/passkey/options"), "data");

// packages/playground/src/reauthentication-actions.ts
function connectReauthentication() {
  offerAfterRefusals();
  onClick("prove", () => offerProof(outputs.token));
  onSend(
    "reauthenticate",
    (field, button) => act(placeOfProof(), async () => {
      const byPasskey = button === "reauthenticate-passkey";
      const fields = byPasskey ? { passkey: await getPasskey(await findPasskeyOptions()) } : { ...passwordIn(field("password")), ...factorIn(field("factor")) };
      await logins.keepNext(await askJson("/auth/reauthenticate", { fields, by: asUser }));
      await showHeldToken();
      hideProof();
      return "Authenticated. The access token says so now: do again what was refused.";
    })
  );
}
var passwordIn = (text) => text === "" ? {} : { password: text };
var factorIn = (text) => text.trim() === "" ? {} : readFactor(text);

// packages/playground/src/main.ts
find("login", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  enter(event.submitter?.id === "register" ? "register" : "logIn").catch(reportError);
});
onClick("ask-user", askUser);
onClick("log-out-session", () => logOut("session"));
onClick("log-out-others", () => logOut("others"));
onClick("log-out-all", () => logOut("all"));
onClick("refresh", refresh);
onClick("list-sessions", listSessions);
onClick("clear-log", clearLog);
onClick("list-mails", async () => void await showMails());
connectAccountForms();
connectFactorLogins();
connectReauthentication();
connectAdministration();
connectFactors();
connectKeys();
connectMachine();
var choices = { memory: find("keep-memory", HTMLInputElement), localStorage: find("keep-local", HTMLInputElement) };
var showPlace = () => void (choices[logins.place()].checked = true);
choices.memory.addEventListener("change", () => void keepAt("memory").finally(showPlace));
choices.localStorage.addEventListener("change", () => void keepAt("localStorage").finally(showPlace));
showPlace();
find("show-secrets", HTMLInputElement).addEventListener("change", () => {
  showAgain();
  showRawToken(isFull());
  showNewKeyAgain();
  showMachineAgain();
});
addEventListener("storage", () => {
  if (logins.place() === "localStorage") showHeldToken().catch((error) => refuse(outputs.token, error));
});
await act(outputs.account, async () => {
  await showLogin();
  return "";
});

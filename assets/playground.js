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
  undeliverable_on: "Undeliverable",
  live_sessions: "Live sessions",
  password_scheme: "Password scheme",
  last_login_on: "Last login",
  last_failed_on: "Last failure",
  waits: "Has to wait"
};
var guest = find("guest", HTMLDivElement);
var view = find("user", HTMLDivElement);
function showAccount(user) {
  const hasFocus = document.activeElement?.closest("form, #user, #sessions, #administration") !== null;
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
  const inputs = document.querySelectorAll('input:is([type="password"], [name="proof"])');
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
  "invalid_challenge",
  "wrong_password",
  "registration_closed",
  "missing_token",
  "logout_without_token",
  "malformed_token",
  "expired_token",
  "invalid_token",
  "revoked_token",
  "invalid_refresh_token",
  "unknown_session",
  "unknown_user",
  "admin_required",
  "operator_required",
  "address_taken",
  "own_account",
  "last_admin",
  "precondition_failed",
  "user_disabled",
  "change_conflict",
  "invalid_client",
  "not_found",
  "method_not_allowed",
  "body_too_large",
  "unsupported_media_type",
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
  constructor(code, message, details = {}) {
    super(message, details.cause === void 0 ? {} : { cause: details.cause });
    this.name = "LatchkeyError";
    this.code = code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
};
function hasCode(error, ...codes) {
  return error instanceof LatchkeyError && codes.includes(error.code);
}
var notLoggedIn = () => new LatchkeyError("not_logged_in", "Nobody is logged in.");

// packages/client/src/verify/verdict.ts
function isTexts(value) {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

// packages/client/src/client/response.ts
async function readSuccess(response) {
  const body = await readJson(response);
  if (response.ok && body?.["status"] === "success") return body;
  throw refusalOf(response, body);
}
async function readRegistration(response) {
  const body = await readSuccess(response);
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
    retryAfterSeconds
  });
}
var isRefusalCode = (code) => refusalCodes.some((known) => known === code);
function fieldErrorIn(entry) {
  const { path: path2, message } = fieldsOf(entry) ?? {};
  return typeof path2 === "string" && typeof message === "string" ? [{ path: path2, message }] : [];
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
    admin,
    roles: roles2 = [],
    claims = {},
    locale,
    registered_on: on,
    ...others
  } = fieldsOf(data) ?? {};
  const own = fieldsOf(claims);
  if (!isText(id) || !isText(email) || typeof admin !== "boolean" || !isTexts(roles2) || !own || !isText(on)) {
    throw new LatchkeyError("unexpected_response", "The response is not an account.");
  }
  const address = { email, email_verified: isVerified === true };
  const rights = { admin, roles: roles2, claims: own };
  return { user_id: id, ...address, ...rights, locale: textOrNull(locale), registered_on: on, ...others };
}
function parseExport(data) {
  const fields = fieldsOf(data) ?? {};
  return { ...fields, account: parseUser(fields["account"]), sessions: parseSessions(fields["sessions"]) };
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

// packages/client/src/client/request.ts
var TIMEOUT_MS = 2e4;
function createRequest(url, send3) {
  return async function request(path2, { method = "GET", fields, accessToken, ifMatch }, read2) {
    const headers = new Headers(fields && { "Content-Type": "application/json" });
    if (accessToken !== void 0) headers.set("Authorization", `Bearer ${accessToken}`);
    if (ifMatch !== void 0) headers.set("If-Match", ifMatch);
    const body = fields === void 0 ? null : JSON.stringify(fields);
    const options = { method, headers, body, cache: "no-store", credentials: "omit", redirect: "manual" };
    try {
      return await read2(await send3(url + path2, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }));
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause;
      throw new LatchkeyError("unreachable", "The login service cannot be reached.", { cause });
    }
  };
}
function withQuery(path2, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== void 0) query.set(name, String(value));
  const text = query.toString();
  return text === "" ? path2 : `${path2}?${text}`;
}
function pathOf(...ids) {
  if (ids.every((id) => typeof id === "string" && !["", ".", ".."].includes(id))) {
    return ids.map((id) => `/${encodeURIComponent(id)}`).join("");
  }
  throw new TypeError("Give the id as a text.");
}

// packages/client/src/client/account-calls.ts
function createAccountCalls({ service, keeper, withTokens }) {
  const ask2 = (path2, fields) => service.call(path2, { method: "POST", fields });
  const redeem = async (path2, proof) => {
    const attempt = service.once(path2, proof, "invalid_challenge");
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
      await ask2("/auth/register", { email: given.email });
    },
    /**
     * Makes the account with what `requestRegistration` or `register` has mailed, and logs it in. Refusals:
     * `invalid_challenge`; `invalid_request`; `registration_closed`.
     */
    confirmRegistration: async (given) => {
      checkTexts(given, "password");
      const fields = { ...checkedProofOfEmail(given), password: given.password };
      await keeper.keep(await service.once("/auth/register/confirm", fields, "invalid_challenge")());
    },
    /** Mails a link and a code that verify the address of the user. Refusal: `mail_unavailable`. */
    requestVerification: async () => {
      const path2 = "/auth/email/verification";
      await withTokens(({ accessToken }) => service.call(path2, { method: "POST", accessToken }));
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
      await ask2("/auth/password/reset", { email: given.email });
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
    /** The account and its newest hundred live sessions, as one document. */
    exportAccount: async () => {
      const { data } = await withTokens(({ accessToken }) => service.call("/auth/user/export", { accessToken }));
      return parseExport(data);
    },
    /**
     * What has happened to the account, newest first, a hundred at most. `next` is the `after` of the call for older
     * ones; `undefined` at the end.
     */
    events: async ({ after, limit } = {}) => {
      const path2 = withQuery("/auth/events", { after, limit });
      return parseEvents(await withTokens(({ accessToken }) => service.call(path2, { accessToken })));
    }
  };
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
    const ask2 = async ({ accessToken }) => {
      await first?.body?.cancel();
      const copy2 = request.clone();
      copy2.headers.set("Authorization", `Bearer ${accessToken}`);
      const response = await send3(copy2);
      if (response.status !== 401) return response;
      first = response;
      throw new Unauthorized(response);
    };
    try {
      return await withTokens(ask2, (error) => error instanceof Unauthorized);
    } catch (error) {
      if (error instanceof Unauthorized) return error.response;
      throw error;
    }
  };
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
  const payload = accessToken.split(".")[1]?.replaceAll("-", "+").replaceAll("_", "/") ?? "";
  try {
    const bytes = Uint8Array.from(atob(payload), (char) => char.charCodeAt(0));
    return parseObject(new TextDecoder().decode(bytes));
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
  const { get, set, remove } = guardStore(store);
  let known;
  function notice(tokens) {
    const login = tokens && { userId: tokens.userId, sessionId: tokens.sessionId };
    const isChange = known !== void 0 && known.login?.sessionId !== login?.sessionId;
    known = { login };
    if (isChange) onChange(login);
  }
  async function read2() {
    const text = await get();
    const tokens = text === void 0 ? void 0 : readTokens(url, text);
    notice(tokens);
    return tokens;
  }
  async function write(tokens) {
    await (tokens === void 0 ? remove() : set(writeTokens(url, tokens)));
    tabs.tell();
    notice(tokens);
  }
  return { read: read2, write };
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
  const { read: read2, write } = keepTokens({ url, store, tabs }, onChange);
  let refreshing;
  tabs.listen(look);
  function look() {
    read2().catch(() => void 0);
  }
  async function replace(used, isSecond) {
    const held = await readHeld(used, isSecond);
    if (held?.accessToken !== used.accessToken) return held;
    const next = await ask2(held);
    const now = await read2();
    if (now?.refreshToken !== held.refreshToken) return now;
    await write(next);
    return next;
  }
  const readHeld = (used, isSecond) => isSecond ? readChange(used) : read2();
  async function readChange(used) {
    const end = Date.now() + MAX_DELAY_MS;
    for (; ; ) {
      const held = await read2();
      if (held?.accessToken !== used.accessToken || Date.now() > end) return held;
      await pass(DELAY_MS);
    }
  }
  async function ask2({ refreshToken }) {
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
    read: read2,
    refresh: refresh2,
    /** The tokens, refreshed if they are due; `undefined` when nobody is logged in. */
    fresh: async () => {
      const tokens = await read2();
      return tokens === void 0 || Date.now() < tokens.dueAt ? tokens : refresh2(tokens);
    },
    /** Keeps the tokens in `body`. Ends the session that it replaces, or the new one if it cannot be kept. */
    keep: (body) => tabs.takeTurns(async () => {
      const tokens = tokensIn(body);
      try {
        const former = await read2();
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
        const now = await read2();
        if (now !== void 0 && now.userId !== next.userId) return abandon(next);
        await write(next);
        if (now !== void 0 && now.sessionId !== held.sessionId) abandon(now);
      } catch (error) {
        abandon(next);
        throw error;
      }
    }),
    /** Ends the session with `end`, and forgets its tokens once that is done. Does nothing when nobody is logged in. */
    end: (end) => tabs.takeTurns(async () => {
      const tokens = await read2();
      if (tokens === void 0) return;
      await end(tokens);
      await write(void 0);
    }),
    /** Forgets the tokens now, whatever becomes of their session. The service is told, if it can be. */
    drop: () => tabs.takeTurns(async () => {
      const tokens = await read2();
      await write(void 0);
      if (tokens !== void 0) abandon(tokens);
    }),
    /** Forgets the tokens of the session `sessionId`, which is over. */
    forget: (sessionId) => tabs.takeTurns(async () => {
      if ((await read2())?.sessionId === sessionId) await write(void 0);
    })
  };
}
function tokensIn(body) {
  const tokens = parseTokens(body, Date.now());
  if (tokens !== void 0) return tokens;
  throw new LatchkeyError("unexpected_response", "The response has no tokens. Is this a Latchkey of another version?");
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
  const { get, set, remove } = store;
  if ([get, set, remove].every((method) => typeof method === "function")) return store;
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
      if (!isLost || !hasCode(cause, usedUp)) throw cause;
      throw new LatchkeyError("unreachable", "The response was lost. What you have asked for may be done.", { cause });
    }
  };
}

// packages/client/src/client/service.ts
function createService(url, send3) {
  const request = createRequest(url, send3);
  const call = (path2, options, read2 = readSuccess) => request(path2, options, read2);
  const post = (path2, fields, read2 = readSuccess) => call(path2, { method: "POST", fields }, read2);
  return {
    call: (path2, options) => repeat(() => call(path2, options)),
    logIn: (credentials) => repeat(() => post("/auth/login", credentials)),
    refresh: (refreshToken) => repeat(() => post("/auth/refresh", { refresh_token: refreshToken })),
    endSessionOf: (refreshToken) => repeat(() => post("/auth/logout", { refresh_token: refreshToken })),
    /** Ends all sessions of the user. A repeat finds them over when the first response was lost. */
    endAllSessions: (accessToken) => repeatUntil("revoked_token", () => call("/auth/logout?scope=all", { method: "POST", accessToken })),
    /** Deletes the account. A repeat finds it gone when the first response was lost. */
    deleteAccount: (accessToken, password) => repeatUntil("invalid_token", () => call("/auth/user", { method: "DELETE", accessToken, fields: { password } })),
    /** A POST that succeeds once only, with `once`. Call the function again for another access token. */
    once: (path2, fields, usedUp) => once(usedUp, (accessToken) => call(path2, { method: "POST", fields, accessToken })),
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
  const tabs = joinTabs(store.name === void 0 ? void 0 : `latchkey ${url} ${store.name}`);
  const listeners = /* @__PURE__ */ new Set();
  const keeper = createKeeper({ url, service, store, tabs }, (login) => {
    for (const listener of listeners) queueMicrotask(() => void (listeners.has(listener) && listener(login)));
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
  const call = (path2, method = "GET") => withTokens(({ accessToken }) => service.call(path2, { method, accessToken }));
  return {
    /**
     * Makes an account and logs it in. Refusals: `email_taken`; `registration_closed`; `mail_unavailable`;
     * `invalid_request`, with `errors` by field. With `REGISTRATION=confirm`, throws `confirmation_required`: the service
     * ignores the password, and mails a link and a code. Go on with `confirmRegistration`.
     */
    register: async (credentials) => keeper.keep(await service.register(checkedCredentials(credentials))),
    /** Logs in. Ends the session of whoever was logged in before. Refusal: `invalid_credentials`. */
    logIn: async (credentials) => keeper.keep(await service.logIn(checkedCredentials(credentials))),
    /**
     * Ends this session, or with `scope` the `others` or `all`. Once it returns, they are over. If it throws, nothing
     * is forgotten, so that you can call it again. With a `scope`, it throws `not_logged_in` when nobody is logged in.
     */
    logOut: async ({ scope = "session" } = {}) => {
      if (scope === "others") await call("/auth/logout?scope=others", "POST");
      else if (scope === "all") await logOutEverywhere();
      else await keeper.end(({ refreshToken }) => service.endSessionOf(refreshToken));
    },
    /**
     * Forgets the login on this device at once, also when Latchkey is out of reach: for when `logOut` throws. The session
     * ends if Latchkey hears of it.
     */
    forget: async () => keeper.drop(),
    ...createAccountCalls({ service, keeper, withTokens }),
    /** Who is logged in, as the service has it now; `undefined` when nobody is, or the session is over. */
    user: findUser,
    /** The live sessions of the user, newest first. */
    sessions: async () => parseSessions((await call("/auth/sessions"))["data"]),
    /** Ends a session of the user. Refusal: `unknown_session`. */
    endSession: async (id) => {
      const own = await keeper.read();
      await call(`/auth/sessions${pathOf(id)}`, "DELETE").catch((error) => {
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
      listeners.add(listener);
      keeper.look();
      return () => void listeners.delete(listener);
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

// packages/playground/src/fields.ts
var fieldsOf2 = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
function textOf(value, name) {
  const field = fieldsOf2(value)[name];
  return typeof field === "string" ? field : void 0;
}
function listOf(value, name) {
  const field = fieldsOf2(value)[name];
  return Array.isArray(field) ? field.map((entry) => entry) : [];
}

// packages/playground/src/refusal.ts
var AdminRefusal = class extends Error {
  code;
  errors;
  retryAfterSeconds;
  constructor(body, retryAfter) {
    const code = textOf(body, "code") ?? "unexpected_response";
    const message = textOf(body, "message") ?? "The response is not one of Latchkey.";
    super(code === "admin_required" ? `${message} ${ADVICE}` : message);
    this.code = code;
    this.errors = listOf(body, "errors").map((error) => ({
      path: textOf(error, "path") ?? "",
      message: textOf(error, "message") ?? ""
    }));
    this.retryAfterSeconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : void 0;
  }
};
var ADVICE = 'Run `npm run user -- admin EMAIL on`. Then log in again, or press "Who am I?": the client refreshes the token.';
var isRefusal = (error) => error instanceof LatchkeyError || error instanceof AdminRefusal;

// packages/playground/src/outputs.ts
var outputOf = (name) => find(`${name}-result`, HTMLOutputElement);
var outputs = {
  account: outputOf("account"),
  administration: outputOf("administration"),
  token: outputOf("token"),
  sessions: outputOf("sessions"),
  store: outputOf("store"),
  mails: outputOf("mails"),
  log: outputOf("log")
};
var busy = /* @__PURE__ */ new Set();
var isBusy = () => busy.size > 0;
async function act(output, work) {
  if (busy.has(output)) return void 0;
  busy.add(output);
  clearOthers(output);
  say(output, "Asking…");
  try {
    say(output, await work());
    return void 0;
  } catch (error) {
    return refuse(output, error);
  } finally {
    busy.delete(output);
  }
}
function clearOthers(output) {
  for (const other of Object.values(outputs)) if (other !== output && !busy.has(other)) say(other, "");
}
function say(output, text) {
  output.classList.remove("refused");
  output.textContent = text;
}
function refuse(output, error) {
  if (!isRefusal(error)) throw error;
  const { code, message, retryAfterSeconds } = error;
  const wait = retryAfterSeconds === void 0 ? "" : ` Try again in ${retryAfterSeconds} s.`;
  output.classList.add("refused");
  output.replaceChildren(make("code", "", code), ` ${message}${wait}`);
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
  const form = find(id, HTMLFormElement);
  const run = async () => {
    showProblems(form, void 0);
    showProblems(form, await send3((name) => readField(form, name)));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run().catch(reportError);
  });
}
function readField(form, name) {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}
function showProblems(form, refusal) {
  for (const input of form.querySelectorAll('input:not([type="checkbox"])')) {
    const paths = (input.dataset["paths"] ?? input.name).split(" ");
    const problem = refusal?.errors.find(({ path: path2 }) => paths.includes(path2));
    find(`${input.id}-problem`, HTMLParagraphElement).textContent = problem?.message ?? "";
    input.setAttribute("aria-invalid", String(problem !== void 0));
  }
  form.querySelector('[aria-invalid="true"]')?.focus();
}

// packages/playground/src/explorer.ts
var PATH = "/cdn-cgi/local/explorer/api/local/email/sending";
async function listMails() {
  const result = await ask({ per_page: "10" });
  return Array.isArray(result) ? result.map(parseMail) : void 0;
}
async function readMail(id) {
  return textOf(await ask({ email_id: id }), "text");
}
async function ask(query) {
  try {
    const response = await fetch(`${PATH}?${new URLSearchParams(query).toString()}`);
    return fieldsOf2(await response.json())["result"];
  } catch {
    return void 0;
  }
}
function parseMail(entry) {
  const [id = "", subject2 = "", sentAt = ""] = ["messageId", "subject", "sentAt"].map((name) => textOf(entry, name));
  return { id, to: listOf(entry, "to").join(", "), subject: subject2, sentAt };
}

// packages/playground/src/mails.ts
var MAX_LOOKS = 8;
var PAUSE_MS = 400;
var list = find("mails", HTMLUListElement);
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
  if (isNew) list.replaceChildren(...mails.map(showMail));
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
  details.addEventListener("toggle", () => void showText(id, text), { once: true });
  details.open = index === 0;
  return make("li", "", details);
}
async function showText(id, element) {
  const text = await readMail(id) ?? "This mail is gone.";
  element.replaceChildren(
    ...text.trim().split(/(https?:\/\/\S+)/).map(showPart)
  );
}
function showPart(part, index) {
  if (index % 2 === 0) return part;
  const link = make("a", "", part);
  link.href = part;
  link.target = "_blank";
  return link;
}

// packages/playground/src/mailing.ts
var MAILED = 'If a mail goes out, it appears under "Mails".';
function onMailing(id, ask2) {
  const form = find("login", HTMLFormElement);
  onClick(id, async () => {
    showProblems(form, void 0);
    const refusal = await act(outputs.account, async () => {
      await ask2();
      showNewMail().catch(reportError);
      return MAILED;
    });
    showProblems(form, refusal);
  });
}
function goOnByMail(password) {
  find("by-mail", HTMLDetailsElement).open = true;
  find("registration-password", HTMLInputElement).value = password;
  find("registration-proof", HTMLInputElement).focus();
  showNewMail().catch(reportError);
}
function readProof(text) {
  const [, token] = /#token=(.*)$/s.exec(text.trim()) ?? [];
  const proof = token ?? text.trim();
  return /^[\d ]*$/.test(proof) ? { code: proof.replaceAll(" ", "") } : { token: proof };
}

// packages/playground/src/sessions.ts
function showSessions(sessions, end = async () => {
}, name = "sessions") {
  find(name, HTMLUListElement).replaceChildren(...sessions.map((session) => showSession(session, end)));
}
var parseSession2 = (data) => ({
  id: textOf(data, "id") ?? "",
  started_on: textOf(data, "started_on") ?? "",
  last_used_on: textOf(data, "last_used_on") ?? "",
  address_prefix: textOf(data, "address_prefix") ?? null,
  country: textOf(data, "country") ?? null,
  user_agent: textOf(data, "user_agent") ?? null
});
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
    ...session.current === true ? [make("strong", "", "This session")] : [],
    make("span", "agent", agent),
    make("small", "", `Began ${timeOf(session.started_on)}, last used ${timeOf(session.last_used_on)}`),
    ...place === "" ? [] : [make("small", "", `From ${place}`)]
  ];
  return make("li", "", make("div", "", ...words3), button);
}
var timeOf = (text) => new Date(text).toLocaleString();

// packages/playground/src/subject.ts
var view2 = find("subject", HTMLDivElement);
var title = find("subject-title", HTMLHeadingElement);
var roles = find("subject-roles", HTMLInputElement);
function showSubject(data, tag) {
  const { user_id: id, email, login, ...fields } = fieldsOf2(data);
  const isDisabled = textOf(fields, "disabled_on") !== void 0;
  view2.hidden = id === void 0;
  title.textContent = typeof email === "string" ? email : "";
  roles.value = listOf(fields, "roles").join(", ");
  find("disable", HTMLButtonElement).textContent = isDisabled ? "Enable" : "Disable";
  const rows = { user_id: id, ...fields, ...fieldsOf2(login), waits: listOf(login, "waits").map(wordsOfWait) };
  find("subject-fields", HTMLDListElement).replaceChildren(...view2.hidden ? [] : fieldRows(rows));
  showSessions([], void 0, "subject-sessions");
  return { id: typeof id === "string" ? id : "", isDisabled, tag };
}
var focusSubject = () => title.focus();
function wordsOfWait(wait) {
  const until = new Date(textOf(wait, "until") ?? "").toLocaleString();
  return textOf(wait, "by") === "network" ? `one network until ${until}` : `new networks until ${until}`;
}

// packages/playground/src/administration.ts
var section = find("administration", HTMLElement);
var shownTo;
var administratorId = () => shownTo;
function showAdministration(user) {
  const id = user?.admin === true ? user.user_id : void 0;
  const hasFocus = section.contains(document.activeElement);
  section.hidden = id === void 0;
  if (section.hidden && hasFocus) find("account-title", HTMLHeadingElement).focus();
  if (id === shownTo) return;
  shownTo = id;
  find("find-users", HTMLFormElement).reset();
  showSubject(void 0);
  for (const name of ["users", "events"]) {
    find(name, HTMLUListElement).replaceChildren();
    find(`more-${name}`, HTMLButtonElement).hidden = true;
  }
}

// packages/playground/src/secrets.ts
var secretFields = {
  password: "PASSWORD",
  current_password: "CURRENT_PASSWORD",
  new_password: "NEW_PASSWORD",
  token: "MAILED_TOKEN",
  code: "CODE",
  auth_token: "TOKEN",
  refresh_token: "REFRESH_TOKEN"
};
var MAX_LENGTH2 = 2e3;
function showBody(text, isFull2) {
  const json = replaceSecrets(text, (name, value) => isFull2 ? value : shorten(name, value), 2);
  return json ?? (text.length > MAX_LENGTH2 ? `${text.slice(0, MAX_LENGTH2)}…` : text);
}
var shortenToken = (token) => token.split(".").map((part) => part.length > 8 ? `${part.slice(0, 8)}…` : part).join(".");
var isSecret = (name, value) => Object.hasOwn(secretFields, name) && (name !== "code" || !/^[a-z_]+$/.test(value));
function shorten(name, value) {
  return name === "code" || name.endsWith("password") ? "••••••" : `${value.slice(0, 12)}…`;
}
function replaceSecrets(text, replace, indent = 0) {
  try {
    const replaceField = (name, value) => typeof value === "string" && isSecret(name, value) ? replace(name, value) : value;
    return JSON.stringify(JSON.parse(text), replaceField, indent);
  } catch {
    return void 0;
  }
}

// packages/playground/src/curl.ts
function curlOf({ method, url, headers, body }, isFull2) {
  const isImplied = method === (body === "" ? "GET" : "POST");
  return [
    "curl -s",
    ...isImplied ? [] : [`-X ${method}`],
    /^[\w:/.-]+$/.test(url) ? url : quote(url),
    ...headers.map(([name, value]) => `-H ${quoteHeader(name, value, isFull2)}`),
    ...body === "" ? [] : [`-d ${isFull2 ? quote(body) : quoteWithVariables(body)}`]
  ].join(" ");
}
function quoteHeader(name, value, isFull2) {
  if (name === "authorization" && !isFull2) return `"${name}: Bearer $TOKEN"`;
  return quote(`${name}: ${value}`);
}
function quoteWithVariables(body) {
  const json = replaceSecrets(body, (name) => `$${secretFields[name]}`) ?? "…";
  return Object.values(secretFields).reduce(
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
var list2 = find("requests", HTMLOListElement);
var secrets = find("show-secrets", HTMLInputElement);
var entries = /* @__PURE__ */ new Map();
var isFull = () => secrets.checked;
function showExchange(exchange) {
  const known = entries.get(exchange);
  const entry = known ?? make("li", "");
  const isOpen = known?.querySelector("details")?.open ?? true;
  entry.replaceChildren(showDetails(exchange, isOpen));
  if (known !== void 0) return;
  const former = list2.querySelector("details");
  if (former !== null) former.open = false;
  entries.set(exchange, entry);
  list2.prepend(entry);
  find("no-requests", HTMLParagraphElement).hidden = true;
  const [oldest] = entries;
  if (entries.size > MAX_ENTRIES && oldest !== void 0) forget(oldest);
}
function showAgain() {
  for (const exchange of entries.keys()) showExchange(exchange);
}
function clearLog() {
  for (const entry of entries) forget(entry);
  find("no-requests", HTMLParagraphElement).hidden = false;
}
function forget([exchange, entry]) {
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
  const details = make("details", "", summary, ...showText2("Sent", body), ...showOutcome(exchange), showCurl(exchange));
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
  return showText2("Answer", outcome.body);
}
function showText2(title2, text) {
  return text === "" ? [] : [make("h3", "", title2), make("pre", "", showBody(text, isFull()))];
}
function showCurl(exchange) {
  const line = make("code", "", curlOf(exchange, isFull()));
  const button = make("button", "", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", `Copy the curl line of ${exchange.method} ${pathOf2(exchange)}`);
  button.addEventListener("click", () => void copy(line));
  return make("div", "curl", line, button);
}
async function copy(line) {
  try {
    await navigator.clipboard.writeText(line.textContent);
    say(outputs.log, "Copied.");
  } catch {
    getSelection()?.selectAllChildren(line);
    say(outputs.log, "Selected. Press Ctrl+C to copy.");
  }
}

// packages/playground/src/logins.ts
var CHOICE = "latchkey-playground-store";
function createLogins(send3, onChange) {
  const stores = { memory: memoryStore(), localStorage: localStorageStore() };
  const clients = {
    memory: createLatchkey({ url: "/", store: stores.memory, fetch: send3 }),
    localStorage: createLatchkey({ url: "/", store: stores.localStorage, fetch: send3 })
  };
  let place = readChoice();
  for (const [name, client2] of Object.entries(clients)) client2.onChange(() => void (name === place && onChange()));
  return {
    place: () => place,
    client: () => clients[place],
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

// packages/playground/src/claims.ts
var headerWords = {
  alg: "the algorithm of the signature",
  kid: "the key that signed it, from /.well-known/jwks.json",
  typ: "an access token (RFC 9068)"
};
var claimWords = {
  iss: "who issued it",
  aud: "who it is for",
  sub: "the user",
  client_id: "the app that it was issued to",
  sid: "the session: a logout ends it",
  jti: "this token",
  iat: "when it was issued",
  exp: "when it expires",
  admin: "is the user an administrator?",
  email_verified: "has the user proved the e-mail address?",
  user_version: "the version of the account",
  roles: "the roles of the user, which administrators give",
  rights_version: "the version of the rights: a change makes this token expire"
};
var times = /* @__PURE__ */ new Set(["iat", "exp"]);
function showValue2(name, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (!times.has(name) || typeof value !== "number") return text;
  return `${text} (${new Date(value * 1e3).toLocaleTimeString()})`;
}

// packages/playground/src/jwt.ts
function decodeJwt(token) {
  const [header, claims] = token.split(".").slice(0, 2).map(decodePart);
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
function showToken(token, isFull2) {
  shown = token;
  showRawToken(isFull2);
  const { header = {}, claims = {} } = (token === void 0 ? void 0 : decodeJwt(token)) ?? {};
  find("no-token", HTMLParagraphElement).hidden = token !== void 0;
  find("token", HTMLDivElement).hidden = token === void 0;
  find("token-header", HTMLTableSectionElement).replaceChildren(...rowsOf(header, headerWords));
  find("token-claims", HTMLTableSectionElement).replaceChildren(...rowsOf(claims, claimWords));
  showLife(claims);
}
function showRawToken(isFull2) {
  find("raw-token", HTMLElement).textContent = isFull2 ? shown ?? "" : shortenToken(shown ?? "");
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

// packages/playground/src/page.ts
var logins = createLogins(createRecorder(showExchange), () => void followChange());
async function showLogin() {
  const client2 = logins.client();
  try {
    const user = await client2.user();
    showAccount(user);
    showAdministration(user);
    showToken(user && await client2.accessToken(), isFull());
    if (user === void 0) showSessions([]);
    return user;
  } catch (error) {
    const isKept = await client2.accessToken().catch(() => "") !== void 0;
    showAccount(isKept ? {} : void 0);
    showAdministration(void 0);
    throw error;
  }
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
    await client().confirmRegistration({ ...readProofOfEmail(field("proof")), password: field("password") });
    return "Registered, and logged in.";
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

// packages/playground/src/administer.ts
async function administer(work) {
  const refusal = await act(outputs.administration, async () => {
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

// packages/playground/src/events.ts
function showEvent(event, showUser2) {
  const [type = "", at = "", actor = ""] = ["type", "at", "actor"].map((name) => textOf(event, name));
  const place = ["address_prefix", "country", "user_agent"].flatMap((name) => textOf(event, name) ?? []).join(", ");
  const { data } = fieldsOf2(event);
  const words3 = [
    make("code", "", type),
    make("small", "", `${new Date(at).toLocaleString()}, by ${actor}`),
    ...place === "" ? [] : [make("small", "agent", `From ${place}`)],
    ...typeof data === "object" && data !== null ? [make("code", "", JSON.stringify(data))] : []
  ];
  const id = textOf(event, "user_id");
  return make("li", "", make("div", "", ...words3), ...id === void 0 ? [] : [showButton(id, showUser2)]);
}
function showButton(id, showUser2) {
  const button = make("button", "", "User");
  button.type = "button";
  button.setAttribute("aria-label", `User ${id}`);
  button.addEventListener("click", () => showUser2(id));
  return button;
}

// packages/playground/src/admin-call.ts
var TIMEOUT_MS2 = 2e4;
async function callAdmin(path2, { method = "GET", fields, tag } = {}) {
  const headers = new Headers(fields && { "Content-Type": "application/json" });
  if (tag !== void 0) headers.set("If-Match", tag);
  const body = fields === void 0 ? null : JSON.stringify(fields);
  const response = await send2(`/admin/${path2}`, { method, headers, body });
  const answer = fieldsOf2(await response.json().catch(() => void 0));
  if (!response.ok) throw new AdminRefusal(answer, response.headers.get("Retry-After"));
  return { body: answer, tag: response.headers.get("ETag") ?? void 0 };
}
async function send2(url, init) {
  try {
    return await logins.client().fetch(url, { ...init, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS2) });
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError("unreachable", "The service cannot be reached.", { cause });
  }
}

// packages/playground/src/pages.ts
var PAGE_SIZE = "10";
function createPages(name, show) {
  const list5 = find(name, HTMLUListElement);
  const more = find(`more-${name}`, HTMLButtonElement);
  let query = {};
  let next;
  more.addEventListener("click", () => void administer(grow));
  async function grow() {
    const page = { ...query, limit: PAGE_SIZE, ...next === void 0 ? {} : { after: next } };
    const { body } = await callAdmin(`${name}?${new URLSearchParams(page).toString()}`);
    next = textOf(body, "next");
    list5.append(...listOf(body, "data").map(show));
    if (next === void 0 && document.activeElement === more) find(`${name}-title`, HTMLHeadingElement).focus();
    more.hidden = next === void 0;
    return `Shown: ${list5.childElementCount}.${more.hidden ? "" : " There are more."}`;
  }
  return async (asked) => {
    [query, next] = [asked, void 0];
    list5.replaceChildren();
    more.hidden = true;
    return grow();
  };
}

// packages/playground/src/subject-actions.ts
var subject;
var subjectId = () => subject?.id ?? "";
function lookAt(id) {
  const look = async () => {
    await read(id);
    focusSubject();
    return "This is the user now.";
  };
  administer(look).catch(reportError);
}
function connectSubject() {
  onClick("read-subject", () => lookAt(subjectId()));
  onDo("disable", () => change({ disabled: subject?.isDisabled !== true }));
  onDo("unlock", async () => {
    const { body } = await callAdmin(path("/unlock"), { method: "POST" });
    return `Counters of attempts that are forgotten: ${String(body["attempts_forgotten"])}.`;
  });
  onDo("end-subject-sessions", async () => wordsOf((await callAdmin(path("/sessions"), { method: "DELETE" })).body));
  onClick("list-subject-sessions", async () => {
    await administer(async () => `Live sessions: ${await list4()}.`);
  });
  onSend("change-roles", (field) => {
    const roles2 = field("roles").split(/[\s,]+/).filter((role) => role !== "");
    return administer(() => doAndRead(() => change({ roles: roles2 })));
  });
}
var onDo = (button, work) => onClick(button, async () => void await administer(() => doAndRead(work)));
async function doAndRead(work) {
  const id = subjectId();
  const done = await work();
  const mayGoOn = id !== administratorId() || (await showLogin())?.admin === true;
  if (mayGoOn) await read(id);
  return done;
}
async function read(id) {
  const { body, tag } = await callAdmin(`users/${encodeURIComponent(id)}`);
  subject = showSubject(body["data"], tag);
}
async function change(fields) {
  return wordsOf((await callAdmin(path(), { method: "PATCH", fields, tag: subject?.tag })).body);
}
async function list4() {
  const { body } = await callAdmin(path("/sessions"));
  const sessions = listOf(body, "data").map(parseSession2);
  showSessions(sessions, endSession2, "subject-sessions");
  return sessions.length;
}
async function endSession2(session) {
  await administer(async () => {
    const end = async () => {
      await callAdmin(path(`/sessions/${encodeURIComponent(session)}`), { method: "DELETE" });
      return "The session is over.";
    };
    const done = await doAndRead(end);
    if (administratorId() === void 0) return done;
    await list4();
    focusSubject();
    return done;
  });
}
var path = (rest = "") => `users/${encodeURIComponent(subjectId())}${rest}`;
var wordsOf = (body) => `${textOf(body, "message") ?? ""} Sessions that have ended: ${String(body["sessions_revoked"])}.`;

// packages/playground/src/users.ts
function showUser(user, lookAt2) {
  const { admin, email_verified: isVerified } = fieldsOf2(user);
  const words3 = [
    ...admin === true ? ["administrator"] : [],
    ...textOf(user, "disabled_on") === void 0 ? [] : ["disabled"],
    ...isVerified === true ? [] : ["not verified"],
    ...listOf(user, "roles")
  ];
  const button = make("button", "", textOf(user, "email") ?? "");
  button.type = "button";
  button.addEventListener("click", () => lookAt2(textOf(user, "user_id") ?? ""));
  return make("li", "", button, make("small", "", words3.join(", ")));
}

// packages/playground/src/admin-actions.ts
function connectAdministration() {
  const listUsers = createPages("users", (user) => showUser(user, lookAt));
  const listEvents = createPages("events", (event) => showEvent(event, lookAt));
  onSend("find-users", (field) => {
    const query = { email: field("email").trim(), role: field("role").trim(), disabled: field("disabled") };
    const given = Object.entries(query).filter(([, value]) => value !== "");
    return administer(() => listUsers(Object.fromEntries(given)));
  });
  onClick("list-events", async () => void await administer(() => listEvents({ order: "newest" })));
  onClick("list-subject-events", async () => {
    await administer(() => listEvents({ user_id: subjectId(), order: "newest" }));
  });
  connectSubject();
}

// packages/playground/src/enter.ts
async function enter(how) {
  const form = find("login", HTMLFormElement);
  showProblems(form, void 0);
  const refusal = await act(outputs.account, how === "register" ? register : logIn);
  showProblems(form, refusal);
}
async function logIn() {
  await logins.client().logIn(readCredentials());
  return "Logged in.";
}
async function register() {
  const credentials = readCredentials();
  try {
    await logins.client().register(credentials);
    return "Registered, and logged in.";
  } catch (error) {
    if (!(error instanceof LatchkeyError) || error.code !== "confirmation_required") throw error;
    goOnByMail(credentials.password);
    return error.message;
  }
}

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
connectAdministration();
var choices = { memory: find("keep-memory", HTMLInputElement), localStorage: find("keep-local", HTMLInputElement) };
var showPlace = () => void (choices[logins.place()].checked = true);
choices.memory.addEventListener("change", () => void keepAt("memory").finally(showPlace));
choices.localStorage.addEventListener("change", () => void keepAt("localStorage").finally(showPlace));
showPlace();
find("show-secrets", HTMLInputElement).addEventListener("change", () => {
  showAgain();
  showRawToken(isFull());
});
addEventListener("storage", () => {
  if (logins.place() === "localStorage") showHeldToken().catch((error) => refuse(outputs.token, error));
});
await act(outputs.account, async () => {
  await showLogin();
  return "";
});

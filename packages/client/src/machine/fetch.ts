type Tokens = { token: () => Promise<string>; drop: (used: string) => void };

/**
 * `fetch` with the access token. When the response says that it is not valid, another one is asked for, and the request is
 * repeated once. Returns a second refusal as it is.
 */
export function createMachineFetch(send: typeof fetch, { token, drop }: Tokens) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const attempt = async (accessToken: string) => {
      const headers = new Headers(init.headers ?? (isRequest(input) ? input.headers : undefined));
      headers.set('Authorization', `Bearer ${accessToken}`);
      return send(input, { ...init, headers });
    };
    const used = await token();
    const response = await attempt(used);
    if (!isTokenRefused(response)) return response;
    drop(used);
    if (!isRepeatable(input, init)) return response;
    // Nobody reads it any more, and it would hold its connection.
    await response.body?.cancel();
    return attempt(await token());
  };
}

/** RFC 6750, section 3.1. Any other 401 is about something else than the token. */
function isTokenRefused({ status, headers }: Response): boolean {
  return status === 401 && /\berror="?invalid_token\b/.test(headers.get('WWW-Authenticate') ?? '');
}

/** Whether the body can be sent twice. That of a `Request`, and anything that is not known, is a stream. */
function isRepeatable(input: string | URL | Request, { body }: RequestInit): boolean {
  if (body === undefined || body === null) return !isRequest(input) || input.body === null;
  if (typeof body === 'string' || ArrayBuffer.isView(body)) return true;
  return [ArrayBuffer, Blob, FormData, URLSearchParams].some((type) => body instanceof type);
}

function isRequest(input: string | URL | Request): input is Request {
  return typeof input === 'object' && 'headers' in input;
}

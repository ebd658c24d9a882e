import { Unavailable, withDeadline } from '../verify/unavailable.ts';
import { createMachineFetch } from './fetch.ts';
import { checkMachineOptions, type MachineOptions } from './options.ts';
import { createTokenRequest } from './token-request.ts';
import type { IssuedToken } from './token-response.ts';

/**
 * How long a caller waits for the request of another one. In a Worker, that request ends with the request that it was made
 * for, and its promise is then never settled.
 */
const MAX_JOIN_MS = 5000;

export type Machine = ReturnType<typeof createMachine>;

/**
 * A program with access tokens of its own, by the credentials of a client of Latchkey. Make one for the whole program: it
 * asks for a token when one is needed, once for any number of callers. Throws `TypeError` for options that cannot be right.
 */
export function createMachine(options: MachineOptions) {
  checkMachineOptions(options);
  const { now = () => new Date() } = options;
  const request = createTokenRequest(options, now);
  let kept: IssuedToken | undefined;
  let pending: Promise<string> | undefined;

  async function token(): Promise<string> {
    if (kept !== undefined && now().getTime() < kept.dueAt) return kept.accessToken;
    if (pending !== undefined) return join(pending);
    pending = ask();
    return pending;
  }

  /** Waits for the request of another caller, or asks anew when that does not come to an end. */
  async function join(asked: Promise<string>): Promise<string> {
    try {
      return await withDeadline(MAX_JOIN_MS, async () => asked);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      if (pending === asked) pending = undefined;
      return token();
    }
  }

  function ask(): Promise<string> {
    const current = request().then(
      (issued) => {
        // Otherwise it was asked for before `forget`.
        if (pending === current) [kept, pending] = [issued, undefined];
        return issued.accessToken;
      },
      (error: unknown) => {
        if (pending === current) pending = undefined;
        throw error;
      },
    );
    return current;
  }

  function forget(): void {
    kept = undefined;
    pending = undefined;
  }

  /** Forgets the token `used`, unless another one has taken its place. */
  function drop(used: string): void {
    if (kept?.accessToken === used) kept = undefined;
  }

  const send: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  return {
    /**
     * An access token, kept until a minute before its end, or for half of its life if that is less than two minutes. Throws
     * `LatchkeyError`: `invalid_client` for a wrong id or secret, `invalid_scope`, `invalid_target`, `unauthorized_client`,
     * `too_many_requests`, `unreachable`, `storage_unavailable`. The next call asks again.
     */
    token,

    /**
     * `fetch` with the access token. It goes to whatever URL you name. When the response says that the token is not valid
     * (401, `invalid_token`), asks for another one and sends the request once more, unless its body is a stream: that is gone.
     * Throws what `token` throws, and what `fetch` throws.
     */
    fetch: createMachineFetch(send, { token, drop }),

    /** Forgets the token, so that the next call asks for another one: for instance after the client got other scopes. */
    forget,
  };
}

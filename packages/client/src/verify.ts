import { verifyByBinding } from './verify/by-binding.ts';
import { verifyByIntrospection } from './verify/by-introspection.ts';
import { verifyByKeys } from './verify/by-keys.ts';
import { checkOptions } from './verify/check-options.ts';
import { isAccessToken, isApiKey, isBearerToken } from './verify/grammar.ts';
import type { VerifierOptions } from './verify/options.ts';
import { type Scope, scopesIn } from './verify/scopes.ts';
import { admitCaller, admitPerson, type CallerVerdict, refuse, type Verdict, type Way } from './verify/verdict.ts';

export type { AccessTokenClaims, CallerClaims, MachineClaims, UserKeyClaims } from './verify/claims.ts';
export type { ByBinding, ByIntrospection, ByKeys, VerifierBinding, VerifierOptions } from './verify/options.ts';
export { isRecent, type Recency } from './verify/recent.ts';
export type { Scope } from './verify/scopes.ts';
export type { CallerVerdict, RefusedCode, Verdict } from './verify/verdict.ts';

/**
 * Tells whether to let in the bearer of a token. Without a `scope`, it lets in people only: `user_required` for a machine
 * or an API key. With one, it lets in everybody who has all of it. `verify` never throws, whatever the token or Latchkey
 * does. A `scope` that names none is a `TypeError`.
 */
export type Verifier = {
  verify: {
    (accessToken: string): Promise<Verdict>;
    (token: string, options: { scope: Scope }): Promise<CallerVerdict>;
  };
};

const DEFAULT_TIMEOUT_MS = 5000;

/**
 * A verifier of Latchkey's access tokens: by the public keys, by introspection (`clientId`, `clientSecret`), or by a
 * service binding (`service`). The latter two also verify API keys. A refresh token is never taken for an access token.
 * Throws `TypeError` for wrong options.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  checkOptions(options);
  const ask = wayOf(options);

  async function judge(token: string, scopes: readonly string[] | undefined): Promise<CallerVerdict> {
    // Before anything decodes it.
    if (!isBearerToken(token)) return refuse('malformed_token');
    const isKey = isApiKey(token);
    if (!isKey && !isAccessToken(token)) return refuse('invalid_token');
    if (isKey && scopes === undefined) return refuse('user_required');
    try {
      return await ask(token, scopes);
    } catch (thrown) {
      const cause = thrown instanceof Error ? thrown : new Error('Something else than an error was thrown.');
      return { active: false, code: 'unavailable', cause };
    }
  }

  function verify(accessToken: string): Promise<Verdict>;
  function verify(token: string, options: { scope: Scope }): Promise<CallerVerdict>;
  async function verify(token: string, options?: { scope: Scope }): Promise<CallerVerdict> {
    if (options === undefined) return admitPerson(await judge(token, undefined));
    // Also a setting that is missing, or a mistyped `scopes`, must not make this a place for all people.
    const scopes = scopesIn(options.scope);
    return admitCaller(await judge(token, scopes), scopes);
  }

  return { verify };
}

function wayOf(options: VerifierOptions): Way {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (options.service !== undefined) return verifyByBinding(options, timeoutMs);
  // The global `fetch` of the call, which a test or a tracer may have replaced.
  const { fetch = (url, init) => globalThis.fetch(url, init) } = options;
  const network = { fetch, timeoutMs };
  return options.clientId === undefined ? verifyByKeys(options, network) : verifyByIntrospection(options, network);
}

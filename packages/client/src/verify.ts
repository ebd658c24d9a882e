import { verifyByBinding } from './verify/by-binding.ts';
import { verifyByIntrospection } from './verify/by-introspection.ts';
import { verifyByKeys } from './verify/by-keys.ts';
import { checkOptions } from './verify/check-options.ts';
import { isAccessToken, isBearerToken } from './verify/grammar.ts';
import type { VerifierOptions } from './verify/options.ts';
import { refuse, type Verdict, type Way } from './verify/verdict.ts';

export type { ByBinding, ByIntrospection, ByKeys, VerifierBinding, VerifierOptions } from './verify/options.ts';
export type { AccessTokenClaims, RefusedCode, Verdict } from './verify/verdict.ts';

/** Tells whether to let in the bearer of an access token. `verify` never throws, whatever the token or Latchkey does. */
export type Verifier = { verify: (accessToken: string) => Promise<Verdict> };

const DEFAULT_TIMEOUT_MS = 5000;

/**
 * A verifier of Latchkey's access tokens: by the public keys, by introspection (`clientId`, `clientSecret`), or by a
 * service binding (`service`). A refresh token is never taken for an access token. Throws `TypeError` for wrong options.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  checkOptions(options);
  const ask = wayOf(options);
  return {
    verify: async (accessToken) => {
      // Before anything decodes it.
      if (!isBearerToken(accessToken)) return refuse('malformed_token');
      if (!isAccessToken(accessToken)) return refuse('invalid_token');
      try {
        return await ask(accessToken);
      } catch (thrown) {
        const cause = thrown instanceof Error ? thrown : new Error('Something else than an error was thrown.');
        return { active: false, code: 'unavailable', cause };
      }
    },
  };
}

function wayOf(options: VerifierOptions): Way {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (options.service !== undefined) return verifyByBinding(options, timeoutMs);
  // The global `fetch` of the call, which a test or a tracer may have replaced.
  const { fetch = (url, init) => globalThis.fetch(url, init) } = options;
  const network = { fetch, timeoutMs };
  return options.clientId === undefined ? verifyByKeys(options, network) : verifyByIntrospection(options, network);
}

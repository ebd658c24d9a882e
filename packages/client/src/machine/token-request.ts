import { LatchkeyError } from '../client/errors.ts';
import { repeat } from '../client/repeat.ts';
import { scopesIn } from '../verify/scopes.ts';
import { withDeadline } from '../verify/unavailable.ts';
import type { MachineOptions } from './options.ts';
import { proofOf } from './proof.ts';
import { type IssuedToken, readToken } from './token-response.ts';

/** Longer than the service waits for its own storage. */
const DEFAULT_TIMEOUT_MS = 20_000;

/**
 * Asks the token endpoint for an access token, by the grant `client_credentials` (RFC 6749, section 4.4). Repeats what is
 * lost or out of order for the moment, each time with another proof. Throws `LatchkeyError`.
 */
export function createTokenRequest(options: MachineOptions, now: () => Date): () => Promise<IssuedToken> {
  const { url, scope, resource, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const send: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const prove = proofOf(options, now);
  const asked = {
    grant_type: 'client_credentials',
    ...(scope !== undefined && { scope: scopesIn(scope).join(' ') }),
    ...(resource !== undefined && { resource }),
  };

  async function ask(): Promise<IssuedToken> {
    const { headers, fields } = await prove();
    const body = new URLSearchParams({ ...asked, ...fields });
    // Latchkey redirects nobody. Followed, a redirect would take the secret elsewhere.
    const request = {
      method: 'POST',
      headers: { ...headers, accept: 'application/json' },
      body,
      redirect: 'manual',
    } as const;
    const askedAt = now();
    try {
      return await withDeadline(timeoutMs, async (signal) =>
        readToken(await send(`${url}/oauth/token`, { ...request, signal }), askedAt),
      );
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause;
      throw new LatchkeyError('unreachable', 'Latchkey cannot be reached.', { cause });
    }
  }

  return () => repeat(ask);
}

import { base64url } from 'jose';

/** In tokens. Each takes about a kilobyte. */
const MAX_TOKENS = 1000;

/**
 * Claims of verified tokens, by the SHA-256 of token and parties: a heap dump holds no token. The caller checks the
 * expiry.
 */
export type VerifiedTokens<Claims> = {
  recall(digest: string): Claims | undefined;
  /** Remembers a token. Drops the oldest while they have expired at `now` (epoch seconds) or the memory is full. */
  remember(digest: string, claims: Claims, now: number): void;
};

/** An empty memory. */
export function createVerifiedTokens<Claims extends { exp: number }>(maxTokens = MAX_TOKENS): VerifiedTokens<Claims> {
  const tokens = new Map<string, Claims>();
  return {
    recall: (digest) => tokens.get(digest),
    remember: (digest, claims, now) => {
      for (const [oldest, { exp }] of tokens) {
        if (exp > now && tokens.size < maxTokens) break;
        tokens.delete(oldest);
      }
      tokens.set(digest, claims);
    },
  };
}

/** The digest of `parts`, none of which has a line feed. */
export async function digestOf(...parts: string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')));
  return base64url.encode(new Uint8Array(digest));
}

import type { JSONWebKeySet } from 'jose';
import type { Fetch } from './fetch-json.ts';

/** What `verify` of the entrypoint is told: the scopes that the token must have, and whom it must be for. */
export type EntrypointOptions = { scope?: string; audience?: string };

/** The entrypoint `Verifier` of Latchkey. */
export type VerifierEntrypoint = { verify(token: string, options?: EntrypointOptions): Promise<unknown> };

/** A service binding to it. `wrangler types` declares a binding without the methods of its entrypoint. */
export type VerifierBinding = VerifierEntrypoint | { readonly fetch: unknown; readonly connect: unknown };

/** Who issues the tokens, and who they are for: `ISSUER` and `AUDIENCE` of your Latchkey. */
type Parties = { issuer: string; audience: string };

/** How long to wait for Latchkey, in milliseconds: 5000 by default. */
type Patience = { timeoutMs?: number };

/** Sends the requests instead of the global `fetch`. */
type Requests = Patience & { fetch?: Fetch };

/** Types that refuse the options of the other ways. */
type Without<Name extends string> = { [name in Name]?: never };

/**
 * By the public keys, without a call for each token. Does not see revocations: a token is good until its `exp`.
 * `jwks` gives the keys by value. Otherwise they come from the issuer, and are kept for ten minutes. Tokens that expired
 * less than `clockToleranceSeconds` ago (5 by default) are accepted, by the clock `now`.
 */
export type ByKeys = Parties &
  Requests & { jwks?: JSONWebKeySet; clockToleranceSeconds?: number; now?: () => Date } & Without<
    'clientId' | 'clientSecret' | 'service'
  >;

/** By introspection (RFC 7662), with the credentials of a client of Latchkey. Sees revocations at once. */
export type ByIntrospection = Parties &
  Requests & { clientId: string; clientSecret: string } & Without<'jwks' | 'clockToleranceSeconds' | 'now' | 'service'>;

/**
 * By a service binding, for a Worker in Latchkey's account. Sees revocations within about a minute. Latchkey compares
 * issuer and audience with its own. Give them to make sure that the binding leads to the Latchkey that you mean.
 */
export type ByBinding = Partial<Parties> &
  Patience & { service: VerifierBinding } & Without<
    'clientId' | 'clientSecret' | 'jwks' | 'fetch' | 'clockToleranceSeconds' | 'now'
  >;

/** One of three ways to verify. */
export type VerifierOptions = ByKeys | ByIntrospection | ByBinding;

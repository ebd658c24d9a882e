import { createRoute } from '@hono/zod-openapi';
import type { RefusalCode } from '../errors.ts';
import { type Endpoint, guardedRoute, inOrder, type Own } from './guarded-route.ts';
import { readClientOfForm } from './middleware/read-form-client.ts';
import { requireAdmin } from './middleware/require-admin.ts';
import { requireClient } from './middleware/require-client.ts';
import { requireEnroller } from './middleware/require-enroller.ts';
import { type HolderRequest, requireHolder } from './middleware/require-holder.ts';
import { type OwnProofRequest, requireProof } from './middleware/require-proof.ts';
import { requireRecent } from './middleware/require-recent.ts';
import { requireRevoker } from './middleware/require-revoker.ts';
import { requireToken } from './middleware/require-token.ts';
import { requireUser } from './middleware/require-user.ts';
import { declareOAuthErrors } from './response/oauth-error.ts';

/** Anyone may call it, and it needs nothing: neither a configuration nor a budget. */
export function bareRoute<const E extends Endpoint & { request?: never }>(endpoint: E) {
  return createRoute({ ...endpoint, security: [] });
}

/** Anyone may call it. */
export function openRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, { security: [], refuses: [], admit: [] });
}

/**
 * Bearers of an access token may call it. KV alone says what is revoked, so a revocation takes about a minute. With a
 * scope in the query, machines and API keys may call it too; about a key, the database is asked. The handler has
 * `c.var.bearer`.
 */
export function tokenRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }],
    refuses: ['missing_token', 'invalid_api_key', 'insufficient_scope', ...tokenRefusals],
    admit: inOrder(requireToken()),
  });
}

/**
 * Bearers of an access token may call it. The database is asked, so a revocation is immediate. The handler has
 * `c.var.caller`.
 */
export function userRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }],
    refuses: ['missing_token', ...tokenRefusals],
    admit: inOrder(requireUser()),
  });
}

/**
 * As `userRoute`, for users who have authenticated in the last 10 minutes, and with a second factor if the account has one
 * (RFC 9470). The handler has `c.var.caller`.
 */
export function recentRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }],
    refuses: ['missing_token', ...tokenRefusals, 'insufficient_user_authentication'],
    admit: inOrder(requireRecent()),
  });
}

/**
 * As `userRoute`, for a route that ends sessions: it also lets in a bearer whose session is revoked or denylisted,
 * since asking again completes a revocation that was half recorded. The handler has `c.var.revoker`, and its use case
 * calls `getUnrevokedCaller`.
 */
export function revokerRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }],
    refuses: ['missing_token', ...tokenRefusals],
    admit: inOrder(requireRevoker()),
  });
}

/**
 * Bearers of an access token may call it, or holders of a refresh token in the body. The use case asks the database
 * about the first, and verifies the second. The handler has `c.var.holder`. `missing` is the refusal of a request with
 * neither token.
 */
export function holderRoute<const E extends Endpoint & HolderRequest>(
  endpoint: E,
  { missing, ...own }: Own & { missing: RefusalCode },
) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }, {}],
    refuses: [missing, ...tokenRefusals],
    admit: inOrder(requireHolder(missing)),
    reads: 'application/json',
  });
}

/**
 * Holders of a token that was mailed may call it, or bearers of an access token with the code of the mail. The use case
 * verifies the token or the code, and asks the database about the access token. The handler has `c.var.proof`.
 */
export function proofRoute<const E extends Endpoint & OwnProofRequest>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }, {}],
    refuses: ['missing_token', ...tokenRefusals],
    admit: inOrder(requireProof()),
    reads: 'application/json',
  });
}

/**
 * As `recentRoute`, or whoever must set up a second factor to log in may call it, with a challenge token in the body. The
 * handler has `c.var.enroller`.
 */
export function enrollerRoute<const E extends Endpoint>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ accessToken: [] }, {}],
    refuses: ['missing_token', ...tokenRefusals, 'insufficient_user_authentication', 'invalid_challenge_token'],
    admit: inOrder(requireEnroller()),
    reads: 'application/json',
  });
}

/**
 * Operators may call it with an operator token, and administrators who have authenticated in the last 10 minutes with an
 * access token. The database is asked, so a right that was taken away is gone at once. The handler has `c.var.admin`.
 */
export function adminRoute<const E extends Endpoint & { path: `/admin/${string}` }>(endpoint: E, own: Own = {}) {
  return guardedRoute(endpoint, own, {
    security: [{ operatorToken: [] }, { accessToken: [] }],
    refuses: ['missing_token', ...tokenRefusals, 'admin_required', 'insufficient_user_authentication'],
    admit: inOrder(requireAdmin()),
  });
}

/**
 * Clients may call it with a form: with their secret in the header or in the form, or with an assertion in the form. The
 * handler has `c.var.client`.
 */
export function clientRoute<const E extends Endpoint & { path: `/oauth/${string}` }>(endpoint: E, own: Own = {}) {
  const guard = {
    security: [{ client: [] }],
    refuses: ['invalid_client' as const, 'unauthorized_client' as const, 'storage_unavailable' as const],
    admit: inOrder(requireClient()),
    reads: 'application/x-www-form-urlencoded' as const,
  };
  return guardedRoute(endpoint, own, guard, declareOAuthErrors);
}

/**
 * Anyone may call it with a form. The use case authenticates the client where there must be one. The handler has
 * `c.var.formClient`.
 */
export function grantRoute<const E extends Endpoint & { path: `/oauth/${string}` }>(endpoint: E, own: Own = {}) {
  const guard = {
    security: [{}, { client: [] }],
    refuses: ['invalid_client' as const, 'storage_unavailable' as const],
    admit: inOrder(readClientOfForm()),
    reads: 'application/x-www-form-urlencoded' as const,
  };
  return guardedRoute(endpoint, own, guard, declareOAuthErrors);
}

const tokenRefusals = [
  'malformed_token',
  'expired_token',
  'invalid_token',
  'revoked_token',
  'user_required',
  'storage_unavailable',
] as const;

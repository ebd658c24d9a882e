import { base64url } from 'jose';
import { CLIENT_ID } from '../../crypto/bounds.ts';

/** The `client_id` of the access tokens of people, and of those that the API keys of people are exchanged for. */
const RESERVED: ReadonlySet<string> = new Set(['first-party', 'api-key']);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const RANDOM_BYTES = 12;

/**
 * Whether a client may have this id. It is no UUID, because the ids of users are: `sub` of an access token is either (RFC
 * 9068, section 5).
 */
export const isClientId = (id: string): boolean => CLIENT_ID.test(id) && !UUID.test(id) && !RESERVED.has(id);

/** A new id, for a client that was given none. */
export const makeClientId = (): string =>
  `client_${base64url.encode(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)))}`;

import { base64url } from 'jose';
import { deriveHmacKey, hmacSha256, verifyHmacSha256 } from './secret.ts';

/** What a challenge token is for. Each purpose has a key of its own. */
export type ChallengePurpose = 'log_in' | 'enrol' | 'sign_in' | 'add_passkey' | 'add_totp';

/**
 * What a challenge token says: its id, which lets it be used once; its end; and, as far as the purpose needs them, the
 * account, the `version` of that account, the key of account and network that attempts are counted under, and a secret as
 * `sealSecret` gives it.
 */
export type Challenge = {
  id: string;
  expiresAt: Date;
  userId?: string;
  version?: number;
  attemptKey?: string;
  sealedSecret?: string;
};

/** A challenge as it stands in a token: the end in milliseconds since the epoch. */
type Payload = Omit<Challenge, 'expiresAt'> & { expiresAt: number };

const MAX_LENGTH = 1024;

/** The two spare bits in the last of the MAC's 43 characters must be zero, so that a token has one spelling. */
const FORMAT = /^([\w-]+)\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/**
 * The token `<payload>.<MAC>` for one `purpose`. The payload is JSON in base64url, the MAC an HMAC-SHA256 of payload and
 * `network` in base64url, under a key derived from `secretKey` (base64) for that purpose. No token is stored.
 */
export async function signChallengeToken(
  { id, expiresAt, userId, version, attemptKey, sealedSecret }: Challenge,
  { purpose, network, secretKey }: { purpose: ChallengePurpose; network: string; secretKey: string },
): Promise<string> {
  const said = { id, expiresAt: expiresAt.getTime(), userId, version, attemptKey, sealedSecret };
  const payload = base64url.encode(JSON.stringify(said));
  const mac = await hmacSha256(await macKey(purpose, secretKey), signedBytes(payload, network));
  return `${payload}.${base64url.encode(mac)}`;
}

/**
 * The challenge of `token`. `undefined` when it was not signed for `purpose` and `network`, or has ended at `now`. Compares
 * in constant time. Does not check whether it was used before.
 */
export async function verifyChallengeToken(
  token: string,
  { purpose, network, secretKey, now }: { purpose: ChallengePurpose; network: string; secretKey: string; now: Date },
): Promise<Challenge | undefined> {
  const [, payload, mac] = token.length > MAX_LENGTH ? [] : (FORMAT.exec(token) ?? []);
  if (payload === undefined || mac === undefined) return undefined;
  const key = await macKey(purpose, secretKey);
  if (!(await verifyHmacSha256(base64url.decode(mac), key, signedBytes(payload, network)))) return undefined;
  const said: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(payload)));
  if (!isPayload(said) || said.expiresAt <= now.getTime()) return undefined;
  return { ...said, expiresAt: new Date(said.expiresAt) };
}

/** Checks only the end. The MAC says that the service has written the rest. */
function isPayload(said: unknown): said is Payload {
  return typeof said === 'object' && said !== null && 'expiresAt' in said && typeof said.expiresAt === 'number';
}

const signedBytes = (payload: string, network: string) => new TextEncoder().encode(`${payload}.${network}`);

const macKey = (purpose: ChallengePurpose, secretKey: string) =>
  deriveHmacKey(secretKey, `latchkey challenge token v1 ${purpose}`);

/**
 * What an access token says about its bearer. Times are in epoch seconds. Every way to verify gives the same fields. The
 * claims that administrators have given to the user stand beside them, unchecked: `claims['tenant']`, for instance.
 */
export type AccessTokenClaims = {
  [name: string]: unknown;
  /** The id of the user. */
  sub: string;
  /** The id of the session. */
  sid: string;
  /** The id of this token. */
  jti: string;
  /** The client that the token was issued to (RFC 9068, section 2.2). */
  client_id: string;
  iat: number;
  exp: number;
  admin: boolean;
  /** Whether the user had proved to read the mails to the address of the account. */
  email_verified: boolean;
  /** The roles of the user when the token was issued (RFC 9068, section 2.2.3.1). */
  roles: string[];
  /** Counts the changes of `admin`, `roles` and the user's own claims. */
  rights_version: number;
};

/** Why a token is refused. */
export type RefusedCode = 'malformed_token' | 'expired_token' | 'invalid_token' | 'revoked_token';

/**
 * Whether to let in the bearer of a token. A `reason` is for whoever develops the back end. `unavailable` says nothing about the token: nobody can tell, so let nobody in.
 * Its `cause` is for the operator. It holds no token and no secret.
 */
export type Verdict =
  | { active: true; claims: AccessTokenClaims }
  | { active: false; code: RefusedCode; reason?: string }
  | { active: false; code: 'unavailable'; cause: Error };

/** One way to verify a well-formed access token. Rejects when nobody can tell. */
export type Way = (accessToken: string) => Promise<Verdict>;

/** The verdict on a token that is refused with `code`. The `reason` holds nothing of the token. */
export function refuse(code: RefusedCode, reason?: string): Verdict {
  return { active: false, code, ...(reason !== undefined && { reason }) };
}

/** The reason for a token that `isFor` finds to be for others. */
export const FOR_OTHERS = 'Its iss or aud is not the `issuer` or `audience` of the verifier.';

/** What says nothing about the bearer. */
const ABOUT_TOKEN: ReadonlySet<string> = new Set(['active', 'token_type', 'iss', 'aud', 'user_version']);

/**
 * The claims in `value`, without those that are about the token itself; `undefined` when one is missing or has the wrong
 * type. An older Latchkey does not say `email_verified`, `roles` and `rights_version`: it verifies no address, and gives
 * no roles.
 */
export function parseClaims(value: Record<string, unknown>): AccessTokenClaims | undefined {
  const { sub, sid, jti, client_id, iat, exp, admin, email_verified = false, roles = [], rights_version = 0 } = value;
  if (
    typeof sub !== 'string' ||
    typeof sid !== 'string' ||
    typeof jti !== 'string' ||
    typeof client_id !== 'string' ||
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    typeof admin !== 'boolean' ||
    typeof email_verified !== 'boolean' ||
    !isTexts(roles) ||
    typeof rights_version !== 'number'
  ) {
    return undefined;
  }
  const claims = Object.fromEntries(Object.entries(value).filter(([name]) => !ABOUT_TOKEN.has(name)));
  return { ...claims, sub, sid, jti, client_id, iat, exp, admin, email_verified, roles, rights_version };
}

/** Whether `value` is a list of texts. */
export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** Whether `value` is an object whose members can be read. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a token of `iss` and `aud` is for these parties. What these parties do not give is not compared. */
export function isFor(
  { iss, aud }: { iss?: unknown; aud?: unknown },
  { issuer, audience }: { issuer?: string | undefined; audience?: string | undefined },
): boolean {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  return (issuer === undefined || iss === issuer) && (audience === undefined || audiences.includes(audience));
}

/** What a store holds. */
export type Kept = { accessToken: string; refreshToken: string; userId: string; sessionId: string };

/** The tokens in a response about the session `sid` of Joe. The client does not verify them. */
export function tokensFor(sid: string, fields: object = {}) {
  const payload = btoa(JSON.stringify({ sub: 'joe', sid, ...fields })).replaceAll('=', '');
  return { auth_token: `e30.${payload}.x`, token_type: 'Bearer', expires_in: 900 };
}

/** The same with a refresh token, as a login has it. */
export function loginFor(sid: string) {
  return { status: 'success', ...tokensFor(sid), refresh_token: `${sid}-refresh`, refresh_expires_in: 9000 };
}

/** What `text` of a store holds. */
export function keptIn(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  const kept: Kept = JSON.parse(text);
  return kept;
}

/** The body of a login that needs a second factor. */
export const challengeBody = {
  status: 'fail',
  code: 'second_factor_required',
  message: 'The account has a second factor. Send that too.',
  request_id: 'id',
  challenge_token: 'half-a-login',
  expires_in: 600,
  methods: ['totp', 'passkey', 'recovery_code', 'telepathy'],
  passkey_options: {
    challenge: 'aGFsZi1hLWxvZ2lu',
    rpId: 'localhost',
    timeout: 600_000,
    userVerification: 'required',
    allowCredentials: [{ type: 'public-key', id: 'AQID', transports: ['internal', 'smoke-signal'] }],
  },
};

/** The challenge that a client makes of it. */
export const challenge = {
  token: 'half-a-login',
  expiresInSeconds: 600,
  methods: ['totp' as const, 'passkey' as const, 'recovery_code' as const],
  passkeyOptions: challengeBody.passkey_options,
};

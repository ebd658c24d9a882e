/** What the fields of an access token's header are. */
export const headerWords: Readonly<Record<string, string>> = {
  alg: 'the algorithm of the signature',
  kid: 'the key that signed it, from /.well-known/jwks.json',
  typ: 'an access token (RFC 9068)',
};

/** What the claims of an access token are. */
export const claimWords: Readonly<Record<string, string>> = {
  iss: 'who issued it',
  aud: 'who it is for',
  sub: 'the user or client',
  client_id: 'the app or client that it was issued to',
  sid: 'the session: a logout ends it',
  key_id: 'the API key that was exchanged for it',
  jti: 'this token',
  iat: 'when it was issued',
  exp: 'when it expires',
  auth_time: 'when the user last proved who it is',
  acr: 'how well: aal1 is by one factor, aal2 by two',
  amr: 'with what: pwd is the password, otp an app, pop a passkey, mfa several',
  admin: 'is the user an administrator?',
  email_verified: 'has the user proved the e-mail address?',
  user_version: 'the version of the account',
  scope: 'the scopes: what it lets programs do',
  roles: 'the roles of the user, which administrators give',
  rights_version: 'the version of the rights: a change makes this token expire',
  client_version: 'the version of the client',
};

const times = new Set(['iat', 'exp', 'auth_time']);

/** The value of a field for people: times also as a time of day. */
export function showValue(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (!times.has(name) || typeof value !== 'number') return text;
  return `${text} (${new Date(value * 1000).toLocaleTimeString()})`;
}

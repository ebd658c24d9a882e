import { base64url } from 'jose';

/** Made-up values that the examples share. Nobody signed the tokens. */

const encode = (value: unknown) => base64url.encode(JSON.stringify(value));

export const ISSUER = 'https://auth.example.org';

export const sessionId = '01a21687-ed01-75e3-a603-17a873145f4d';

export const userId = '01a21687-ecff-7a0c-8a55-0f1e2d3c4b5a';

export const claims = {
  iss: ISSUER,
  aud: 'latchkey',
  client_id: 'first-party',
  sub: userId,
  sid: sessionId,
  jti: '01a21687-ed02-7c1b-9d20-5e6f7a8b9c0d',
  iat: 1_795_674_336,
  exp: 1_795_675_236,
  admin: false,
  roles: ['editor'],
  email_verified: true,
  user_version: 0,
  rights_version: 1,
  auth_time: 1_795_674_336,
  acr: 'aal1',
  amr: ['pwd'],
  scope: 'api',
  tenant: 'acme',
};

export const accessToken = [
  encode({ alg: 'ES256', kid: 'dANP1aqQ', typ: 'at+jwt' }),
  encode({ sub: userId, exp: claims.exp }),
  'c2lnbmF0dXJl',
].join('.');

export const refreshToken = `${sessionId}.1.${'c2lnbmF0dXJl'.repeat(3)}c2lnbmA`;

export const credentials = { email: 'joe@example.com', password: 'correct horse battery staple' };

/** What a mail carries. Nobody signed the token. */
export const mailedToken = `${sessionId}.${'bWFpbGVkIHRva2Vu'.repeat(2)}bWFpbGVkIHQ`;

export const mailedCode = '31415926';
export const newPassword = 'seven honest herons';

export const success = (message: string) => ({ status: 'success', message });

export const tokens = (message: string) => ({
  ...success(message),
  auth_token: accessToken,
  token_type: 'Bearer',
  expires_in: 900,
  refresh_token: refreshToken,
  refresh_expires_in: 2_592_000,
});

export const user = {
  user_id: userId,
  email: credentials.email,
  email_verified: true,
  admin: false,
  roles: ['editor'],
  claims: { tenant: 'acme' },
  locale: 'en',
  registered_on: '2026-11-26T06:25:36.511Z',
};

/** A user, as an administrator gets it. */
export const adminUser = { ...user, second_factor: true, disabled_on: null };

export const adminUserDetails = {
  ...adminUser,
  undeliverable_on: null,
  live_sessions: 1,
  factors: { totp: true, passkeys: 1, recovery_codes: 9 },
  login: {
    password_scheme: 'pbkdf2-sha256-split',
    password_usable: true,
    last_login_on: '2026-11-26T06:25:36.513Z',
    last_failed_on: '2026-11-26T06:31:02.118Z',
    waits: [{ until: '2026-11-26T06:32:02.118Z', by: 'network' }],
  },
};

export const mailedDelivery = { mailed: true, link: null, expires_on: '2026-11-26T07:25:36.511Z' };

export const handedDelivery = {
  mailed: false,
  link: `${ISSUER}/account/reset?lang=en#token=${mailedToken}`,
  expires_on: '2026-11-26T07:25:36.511Z',
};

export const session = {
  id: sessionId,
  started_on: '2026-11-26T06:25:36.513Z',
  last_used_on: '2026-11-26T06:25:36.542Z',
  expires_on: '2026-12-26T06:25:36.542Z',
  address_prefix: '203.0.113.0/24',
  country: 'AT',
  user_agent: 'curl/7.88.1',
  current: true,
};

/** An API key. Nobody made it, and its checksum is right. */
export const apiKey = 'lk_4dXk2pQ9sVb7LmRa8NfYwT3cJ6hZ1gKuE5iOoPqSrUxWyBvCtDnAeMlFjG0_2sDUHX';

/** What the list shows of it. */
export const listedKey = {
  key_id: apiKey.slice(3, 19),
  name: 'nightly import',
  scopes: ['api'],
  created_on: '2026-11-26T06:25:36.511Z',
  expires_on: '2027-02-24T06:25:36.511Z',
  last_used_on: null,
};

export const clientId = 'billing';

/** What a program gets. */
export const grant = { access_token: accessToken, token_type: 'Bearer', expires_in: 900, scope: 'reports:read' };

/** The claims of a client's access token. */
export const machineClaims = {
  iss: ISSUER,
  aud: 'latchkey',
  client_id: clientId,
  sub: clientId,
  jti: '01a21687-ed03-7a2b-8d20-5e6f7a8b9c0e',
  iat: 1_795_674_336,
  exp: 1_795_675_236,
  scope: 'reports:read',
  client_version: 0,
};

const authentication = {
  auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  auth_signing_alg_values_supported: ['ES256', 'EdDSA', 'RS256', 'Ed25519'],
};

export const metadata = {
  issuer: ISSUER,
  jwks_uri: `${ISSUER}/.well-known/jwks.json`,
  token_endpoint: `${ISSUER}/oauth/token`,
  token_endpoint_auth_methods_supported: [...authentication.auth_methods_supported, 'none'],
  token_endpoint_auth_signing_alg_values_supported: authentication.auth_signing_alg_values_supported,
  introspection_endpoint: `${ISSUER}/oauth/introspect`,
  introspection_endpoint_auth_methods_supported: authentication.auth_methods_supported,
  introspection_endpoint_auth_signing_alg_values_supported: authentication.auth_signing_alg_values_supported,
  revocation_endpoint: `${ISSUER}/oauth/revoke`,
  revocation_endpoint_auth_methods_supported: authentication.auth_methods_supported,
  revocation_endpoint_auth_signing_alg_values_supported: authentication.auth_signing_alg_values_supported,
  response_types_supported: ['none'],
  grant_types_supported: ['client_credentials', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'],
  scopes_supported: ['api', 'latchkey:introspect', 'latchkey:revoke'],
};

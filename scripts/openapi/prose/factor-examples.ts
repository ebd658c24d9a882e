import { base64url } from 'jose';
import { accessToken, credentials, ISSUER, success, userId } from './examples.ts';

/** Made-up values that the examples of factors share. Nobody signed them. */

export const challengeToken = `${base64url.encode('{"id":"…"}')}.${'c2lnbmF0dXJl'.repeat(3)}c2lnbmA`;

export const enrolmentToken = `${base64url.encode('{"sealedSecret":"…"}')}.${'c2lnbmF0dXJl'.repeat(3)}c2lnbmA`;

export const code = '314159';

export const recoveryCode = 'JBSW-Y3DP-EHPK-3PXP';

export const recoveryCodes = [recoveryCode, 'GEZD-GNBV-GY3T-QOJQ'];

const passkeyId = 'bWFkZSBieSBubyBkZXZpY2U';

const RP_ID = new URL(ISSUER).hostname;

export const requestOptions = {
  challenge: base64url.encode(challengeToken),
  rpId: RP_ID,
  timeout: 600_000,
  userVerification: 'required',
  allowCredentials: [{ type: 'public-key', id: passkeyId, transports: ['internal', 'hybrid'] }],
};

/** As in `challengeToken`, for whoever gets it: 10 minutes. */
export const challenge = {
  challenge_token: challengeToken,
  expires_in: 600,
  methods: ['totp', 'passkey', 'recovery_code'],
  passkey_options: requestOptions,
};

export const enrolmentChallenge = { ...challenge, methods: ['totp', 'passkey'], passkey_options: null };

export const registeredChallenge = {
  ...success('Successfully registered. Set up a second factor to log in.'),
  ...enrolmentChallenge,
};

export const creationOptions = {
  challenge: base64url.encode(challengeToken),
  rp: { id: RP_ID, name: 'Latchkey' },
  user: { id: base64url.encode(userId), name: credentials.email, displayName: credentials.email },
  pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
  timeout: 600_000,
  excludeCredentials: [{ type: 'public-key', id: passkeyId }],
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  attestation: 'none',
};

/** The JSON that a browser signs, as far as an example needs it. */
const clientData = (type: string) => base64url.encode(JSON.stringify({ type, challenge: '…', origin: ISSUER }));

const credential = { id: passkeyId, rawId: passkeyId, type: 'public-key' };

export const madePasskey = {
  ...credential,
  response: {
    clientDataJSON: clientData('webauthn.create'),
    attestationObject: 'bm8gYXR0ZXN0YXRpb24',
    transports: ['internal', 'hybrid'],
  },
};

export const usedPasskey = {
  ...credential,
  response: {
    clientDataJSON: clientData('webauthn.get'),
    authenticatorData: 'bm8gYXV0aGVudGljYXRvcg',
    signature: 'bm8gc2lnbmF0dXJl',
    userHandle: base64url.encode(userId),
  },
};

export const factors = {
  totp: { added_on: '2026-11-26T06:25:36.511Z', last_used_on: '2026-11-26T07:12:20.004Z' },
  passkeys: [
    {
      id: passkeyId,
      name: 'Laptop',
      added_on: '2026-11-26T06:31:02.118Z',
      last_used_on: null,
      backed_up: true,
    },
  ],
  recovery_codes: { left: 9, made_on: '2026-11-26T06:25:36.511Z' },
  required: false,
};

const secret = 'JBSWY3DPEHPK3PXPGEZDGNBVGY3TQOJQ';

export const totpOffer = {
  secret,
  otpauth_uri: `otpauth://totp/Latchkey:joe%40example.com?secret=${secret}&issuer=Latchkey&algorithm=SHA1&digits=6&period=30`,
  qr_svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 53 53">…</svg>',
  enrolment_token: enrolmentToken,
  expires_in: 600,
};

/** An access token, without a refresh token. */
export const accessTokenOnly = (message: string) => ({
  ...success(message),
  auth_token: accessToken,
  token_type: 'Bearer',
  expires_in: 900,
});

export const newPasskeyId = passkeyId;

import { message, status } from './account-fields.ts';
import { challengeToken, credentialId, recoveryCode } from './factor-fields.ts';
import { factorRequests } from './factor-requests.ts';
import { instant, jwt, line, refreshToken, seconds, url } from './fields.ts';
import { passkeySchemas } from './passkey-schemas.ts';
import type { SchemaProse } from './schemas.ts';

const recovery_codes = {
  description: 'Ten codes, each of which works once. Nothing shows them again.',
  maxItems: 10,
  items: recoveryCode,
};

const challenge = {
  challenge_token: { description: 'What the next request sends. Opaque.', ...challengeToken },
  expires_in: { description: 'For how many seconds the challenge token is valid.', ...seconds(600) },
  passkey_options: {
    description: 'What a browser needs to use a passkey of the account. `null` if the account has none.',
  },
};

const methods = (description: string) => ({ description, maxItems: 3 });

const issued = {
  status,
  message,
  auth_token: { description: 'A new access token: a JWT of the type `at+jwt` (RFC 9068).', ...jwt },
  token_type: { description: 'How to send the access token (RFC 6750).' },
  expires_in: { description: 'The life of the access token, in seconds.', ...seconds(86_400) },
};

const enrolled = {
  ...issued,
  recovery_codes: {
    ...recovery_codes,
    description: `${recovery_codes.description} \`null\` if the account has codes already.`,
  },
  refresh_token: {
    description: 'The refresh token, if a session began. Opaque: you only send it back.',
    ...refreshToken,
  },
  refresh_expires_in: {
    description: 'The seconds after which that session ends if you do not refresh it.',
    ...seconds(366 * 86_400),
  },
};

const added_on = { description: 'When it was set up.', ...instant };
const last_used_on = { description: 'When it was last used. `null`: never since the set-up.', ...instant };
const count = (description: string, maximum: number) => ({ description, ...seconds(maximum) });

/** What the routes of second factors take and give. */
export const factorSchemas: Record<string, SchemaProse> = {
  ...factorRequests,
  ...passkeySchemas,
  LoginChallenge: {
    description: 'The password is right, and a second factor is missing. No session began.',
    properties: {
      status: { description: 'Always `fail`: nobody is logged in yet.' },
      code: {
        description:
          'What programs switch on. `second_factor_required`: send one to `POST /auth/login/factor`. `second_factor_enrolment_required`: set one up under `/auth/factors`.',
      },
      message,
      request_id: {
        description: 'The same as `X-Request-Id`.',
        pattern: '^[A-Za-z0-9_=-]+$',
        minLength: 1,
        maxLength: 128,
      },
      ...challenge,
      methods: methods('The second factors that the account has; or those that can be set up.'),
    },
  },
  RegisteredChallenge: {
    description: 'The account exists, and logs in when a second factor is set up. No session began.',
    properties: { status, message, ...challenge, methods: methods('The second factors that can be set up.') },
  },
  AccessToken: { description: 'An access token of the session that the request came from.', properties: issued },
  AuthenticatorApp: { description: 'An authenticator app.', properties: { added_on, last_used_on } },
  Passkey: {
    description: 'A passkey.',
    properties: {
      id: { description: 'The id of the passkey.', ...credentialId },
      name: { description: 'What its owner calls it.', ...line(100), minLength: 1 },
      added_on,
      last_used_on,
      backed_up: { description: 'Whether it is in a cloud, so that the loss of one device does not lose it.' },
    },
  },
  RecoveryCodesLeft: {
    description: 'The recovery codes that were not used.',
    properties: {
      left: count('How many are left.', 10),
      made_on: { description: 'When they were made.', ...instant },
    },
  },
  Factors: {
    description: 'The second factors of an account.',
    properties: {
      totp: { description: 'The authenticator app. `null` if there is none.' },
      passkeys: { description: 'The passkeys, in the order in which they were set up.', maxItems: 20 },
      recovery_codes: { description: 'The recovery codes. `null` if there never were any.' },
      required: { description: 'Whether the service lets this user in with a second factor only.' },
    },
  },
  FactorsResponse: {
    description: 'The second factors of the user of the access token.',
    properties: { status, data: { description: 'The factors.' } },
  },
  TotpOffer: {
    description: 'A secret for an authenticator app. It is stored nowhere yet.',
    properties: {
      secret: { description: 'The secret, in base32, to type into the app.', pattern: '^[A-Z2-7]{32}$', maxLength: 32 },
      otpauth_uri: { description: 'The same as a URI that opens the app on a phone.', ...url },
      qr_svg: { description: 'The same as a QR code: an SVG image.', pattern: '^<svg ', maxLength: 65_536 },
      enrolment_token: { description: 'What the confirmation sends, with a code. Opaque.', ...challengeToken },
      expires_in: { description: 'For how many seconds the enrolment token is valid.', ...seconds(600) },
    },
  },
  TotpOfferResponse: {
    description: 'What an authenticator app needs.',
    properties: { status, data: { description: 'The secret.' } },
  },
  Enrolled: { description: 'A second factor was set up.', properties: enrolled },
  PasskeyId: {
    description: 'The passkey that was set up.',
    properties: { id: { description: 'The id of the passkey.', ...credentialId } },
  },
  EnrolledPasskey: {
    description: 'A passkey was set up.',
    properties: { ...enrolled, passkey: { description: 'The passkey.' } },
  },
  RecoveryCodes: { description: 'The recovery codes of an account.', properties: { recovery_codes } },
  RecoveryCodesResponse: {
    description: 'New recovery codes.',
    properties: { status, message, data: { description: 'The codes.' } },
  },
  FactorCounts: {
    description: 'What the user has beside the password.',
    properties: {
      totp: { description: 'Whether there is an authenticator app.' },
      passkeys: count('How many passkeys there are.', 20),
      recovery_codes: count('How many recovery codes were not used.', 10),
    },
  },
  FactorsRemoved: {
    description: 'The second factors of the user are gone.',
    properties: {
      status,
      message,
      factors_removed: count('How many authenticator apps and passkeys there were.', 21),
      sessions_revoked: count('How many sessions lived and have ended.', 2_147_483_647),
    },
  },
};

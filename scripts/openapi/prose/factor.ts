import { success, tokens } from './examples.ts';
import {
  accessTokenOnly,
  challengeToken,
  code,
  creationOptions,
  enrolmentToken,
  factors,
  madePasskey,
  newPasskeyId,
  recoveryCodes,
  totpOffer,
} from './factor-examples.ts';
import { credentialId } from './factor-fields.ts';
import type { FieldProse, Operations } from './operation-prose.ts';

const passkeyId: FieldProse = {
  description: 'The `id` of a passkey in the list.',
  ...credentialId,
  example: newPasskeyId,
};

const withToken = { challenge_token: challengeToken };

const enrolled = (message: string) => ({ ...accessTokenOnly(message), recovery_codes: recoveryCodes });

/** The response to a set-up by a challenge token, which begins a session. */
const begun = (message: string) => ({ ...tokens(message), recovery_codes: recoveryCodes });

const RECENT =
  'It takes an authentication of the last 10 minutes, with a second factor if the account has one; otherwise the response is 401 `insufficient_user_authentication`.';

const ENROLLER = `${RECENT} Whoever gets no session without a second factor sends the \`challenge_token\` of 403 \`second_factor_enrolment_required\` in place of an access token.`;

const ENROLLED =
  'If it is the first factor of the account, the response has ten recovery codes. With an access token, the session goes on, and the response has a new access token of it. With a challenge token, a session begins.';

const REMOVED =
  'All sessions end, and the response has the tokens of a new one. The recovery codes go with the last factor. Where the service wants a second factor of the user, the last one stays: 409 `last_factor`. 200 means recorded in both the database and the denylist. After a 503, repeat the request.';

/** The second factors of an account: an authenticator app, passkeys and recovery codes. */
export const ownFactors: Operations = {
  'GET /auth/factors': {
    operationId: 'listFactors',
    tag: 'Second factors',
    who: 'user',
    description:
      'Shows the second factors of the user, and how many recovery codes are left. `required` says whether the service lets this user in with a second factor only.',
    examples: { 200: { factors: { status: 'success', data: factors } } },
  },
  'POST /auth/factors/totp': {
    operationId: 'offerTotp',
    tag: 'Second factors',
    who: 'user, or a challenge token',
    description: `Makes a secret for an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds), as text, as a URI and as a QR code. Nothing is stored. The set-up is complete when \`POST /auth/factors/totp/confirm\` takes a code of the app. ${ENROLLER}`,
    request: {
      description: 'A challenge token, or an empty object with an access token.',
      examples: { withSession: {}, withChallenge: withToken },
    },
    examples: { 200: { offered: { status: 'success', data: totpOffer } } },
  },
  'POST /auth/factors/totp/confirm': {
    operationId: 'confirmTotp',
    tag: 'Second factors',
    who: 'user, or a challenge token',
    description: `Sets up the authenticator app whose code is right. It replaces a former one. A wrong code gets 403 \`wrong_factor\`, and another try is possible. The code that was right works no second time. ${ENROLLED} ${ENROLLER}`,
    request: {
      description: 'The token of the set-up, and a code that the app shows.',
      examples: {
        withSession: { enrolment_token: enrolmentToken, code },
        withChallenge: { enrolment_token: enrolmentToken, code, ...withToken },
      },
    },
    examples: {
      200: {
        raised: enrolled('Authenticator app set up.'),
        begun: begun('Authenticator app set up.'),
        another: { ...enrolled('Authenticator app set up.'), recovery_codes: null },
      },
    },
  },
  'DELETE /auth/factors/totp': {
    operationId: 'removeTotp',
    tag: 'Second factors',
    who: 'user',
    description: `Removes the authenticator app. ${REMOVED} ${RECENT}`,
    examples: { 200: { removed: tokens('Authenticator app removed.') } },
  },
  'POST /auth/factors/passkeys/options': {
    operationId: 'getPasskeyCreationOptions',
    tag: 'Second factors',
    who: 'user, or a challenge token',
    description: `Gives what \`PublicKeyCredential.parseCreationOptionsFromJSON\` takes (WebAuthn level 3), so that a browser makes a passkey. Nothing is stored. The options are valid for 10 minutes. ${ENROLLER}`,
    request: {
      description: 'A challenge token, or an empty object with an access token.',
      examples: { withSession: {}, withChallenge: withToken },
    },
    examples: { 200: { options: { status: 'success', data: creationOptions } } },
  },
  'POST /auth/factors/passkeys': {
    operationId: 'addPasskey',
    tag: 'Second factors',
    who: 'user, or a challenge token',
    description: `Sets up the passkey that a browser has made with the options. An account has 20 at most. ${ENROLLED} ${ENROLLER}`,
    request: {
      description: 'What the `toJSON()` of the new credential gives, and a name for it.',
      examples: {
        withSession: { name: 'Laptop', passkey: madePasskey },
        withChallenge: { passkey: madePasskey, ...withToken },
      },
    },
    examples: {
      201: {
        raised: { ...enrolled('Passkey set up.'), passkey: { id: newPasskeyId } },
        begun: { ...begun('Passkey set up.'), passkey: { id: newPasskeyId } },
        another: { ...enrolled('Passkey set up.'), recovery_codes: null, passkey: { id: newPasskeyId } },
      },
    },
  },
  'PATCH /auth/factors/passkeys/{id}': {
    operationId: 'renamePasskey',
    tag: 'Second factors',
    who: 'user',
    description: `Gives a passkey another name. ${RECENT}`,
    parameters: { id: passkeyId },
    request: { description: 'The name.', examples: { name: { name: 'Laptop' } } },
    examples: { 200: { renamed: success('Passkey renamed.') } },
  },
  'DELETE /auth/factors/passkeys/{id}': {
    operationId: 'removePasskey',
    tag: 'Second factors',
    who: 'user',
    description: `Removes a passkey. ${REMOVED} ${RECENT}`,
    parameters: { id: passkeyId },
    examples: { 200: { removed: tokens('Passkey removed.') } },
  },
  'POST /auth/factors/recovery-codes': {
    operationId: 'replaceRecoveryCodes',
    tag: 'Second factors',
    who: 'user',
    description: `Makes ten new recovery codes. The former ones are gone. Nothing shows the codes again. An account without an authenticator app and passkeys gets 409 \`no_second_factor\`. ${RECENT}`,
    examples: {
      200: { replaced: { ...success('Recovery codes replaced.'), data: { recovery_codes: recoveryCodes } } },
    },
  },
};

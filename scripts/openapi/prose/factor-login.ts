import { credentials, tokens } from './examples.ts';
import { accessTokenOnly, challengeToken, code, recoveryCode, requestOptions, usedPasskey } from './factor-examples.ts';
import type { Operations } from './operation-prose.ts';

const factorExamples = {
  code: { code },
  recoveryCode: { recovery_code: recoveryCode },
  passkey: { passkey: usedPasskey },
};

const WRONG =
  'A code that is wrong or was used, and every code while the account has to wait, gets 403 `wrong_factor`. Wrong codes count as attempts to log in.';

/** Logins with a second factor or a passkey, and the proof in a session that it is still the user. */
export const factorLogins: Operations = {
  'POST /auth/login/factor': {
    operationId: 'logInByFactor',
    tag: 'Second factors',
    who: 'anyone',
    description: `Begins a session with the \`challenge_token\` of 403 \`second_factor_required\` and one second factor: a code of the authenticator app, a recovery code, or a passkey that was used for \`passkey_options\`. ${WRONG} A challenge token begins one session. It goes with the network that it was made for.`,
    request: {
      description: 'The challenge token, and one second factor.',
      examples: Object.fromEntries(
        Object.entries(factorExamples).map(([name, factor]) => [name, { challenge_token: challengeToken, ...factor }]),
      ),
    },
    examples: { 200: { loggedIn: tokens('Successfully logged in.') } },
  },
  'POST /auth/login/passkey/options': {
    operationId: 'getPasskeyRequestOptions',
    tag: 'Second factors',
    who: 'anyone',
    description:
      'Gives what `PublicKeyCredential.parseRequestOptionsFromJSON` takes (WebAuthn level 3), so that a browser uses any passkey of this service. It takes no address and no body, so it tells nothing about accounts. The options are valid for 10 minutes, and for one use.',
    examples: { 200: { options: { status: 'success', data: { ...requestOptions, allowCredentials: [] } } } },
  },
  'POST /auth/login/passkey': {
    operationId: 'logInByPasskey',
    tag: 'Second factors',
    who: 'anyone',
    description:
      'Begins a session by a passkey alone, which is two factors in one: the device, and what unlocks it. A passkey that is not known, of a disabled account, or wrong gets 403 `wrong_factor`, which does not tell which it is.',
    request: {
      description: 'What the `toJSON()` of the credential gives.',
      examples: { passkey: { passkey: usedPasskey } },
    },
    examples: { 200: { loggedIn: tokens('Successfully logged in.') } },
  },
  'POST /auth/reauthenticate': {
    operationId: 'reauthenticate',
    tag: 'Second factors',
    who: 'user',
    description: `Proves again that it is the user, for routes that refused with 401 \`insufficient_user_authentication\` (RFC 9470). It takes the password, a code, a recovery code or a passkey, and one of them only. An account with a second factor shows that: the password alone gets 403 \`second_factor_required\`. Where the account needs one and has none, the password gets 403 \`second_factor_enrolment_required\`: log in again to set one up. For a passkey, ask \`POST /auth/login/passkey/options\` first. The session goes on, and the response has a new access token of it, without a refresh token. ${WRONG}`,
    request: {
      description: 'The proof.',
      examples: { password: { password: credentials.password }, ...factorExamples },
    },
    examples: { 200: { authenticated: accessTokenOnly('Authenticated.') } },
  },
};

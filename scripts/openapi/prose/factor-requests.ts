import { password } from './credentials.ts';
import { challengeToken, code, base64url, credentialId, transports } from './factor-fields.ts';
import { line } from './fields.ts';
import type { SchemaProse } from './schemas.ts';

const challenge_token = {
  description: 'The `challenge_token` of the response that asked for a set-up, in place of an access token.',
  ...challengeToken,
};

const oneFactor = {
  code: { description: 'The code that the authenticator app shows. Spaces and hyphens do not count.', ...code },
  recovery_code: { description: 'A recovery code. Case, spaces and hyphens do not count.', ...line(64) },
  passkey: { description: 'What a browser gives that has used a passkey.' },
};

const name = { description: 'What to call it, in one line.', ...line(100), minLength: 1 };

const credential = {
  id: { description: 'The id of the passkey.', ...credentialId },
  rawId: { description: 'The same as `id`.', ...credentialId },
  type: { description: 'Always `public-key`.' },
  response: { description: 'What the authenticator says.' },
};

const clientDataJSON = {
  description: 'What the browser says that it has signed: JSON in base64url.',
  ...base64url(5464),
};

/** What the routes of second factors take. */
export const factorRequests: Record<string, SchemaProse> = {
  LogInByFactorRequest: {
    description: 'The challenge token, and one of `code`, `recovery_code` and `passkey`.',
    properties: {
      challenge_token: { description: 'The `challenge_token` of the login.', ...challengeToken },
      ...oneFactor,
    },
  },
  LogInByPasskeyRequest: {
    description: 'A passkey that was used.',
    properties: { passkey: oneFactor.passkey },
  },
  ReauthenticateRequest: {
    description: 'One of `password`, `code`, `recovery_code` and `passkey`.',
    properties: { password: { ...password, description: 'The password of the account.' }, ...oneFactor },
  },
  OfferTotpRequest: {
    description: 'A challenge token, if there is no access token. The object may be empty.',
    properties: { challenge_token },
  },
  ConfirmTotpRequest: {
    description: 'The token of the set-up, and a code that the app shows.',
    properties: {
      enrolment_token: { description: 'The `enrolment_token` that came with the secret.', ...challengeToken },
      code: oneFactor.code,
      challenge_token,
    },
  },
  GetPasskeyCreationOptionsRequest: {
    description: 'A challenge token, if there is no access token. The object may be empty.',
    properties: { challenge_token },
  },
  AddPasskeyRequest: {
    description: 'A passkey that was made.',
    properties: {
      name: { ...name, description: `${name.description} Without it, \`Passkey\`.` },
      passkey: { description: 'What a browser gives that has made a passkey.' },
      challenge_token,
    },
  },
  RenamePasskeyRequest: { description: 'The name that the passkey is to have.', properties: { name } },
  UsedPasskey: {
    description:
      'A passkey that a browser has used: `AuthenticationResponseJSON` (WebAuthn level 3, section 5.1). Further fields are ignored.',
    properties: credential,
  },
  PasskeyAssertion: {
    description: 'What an authenticator says that was used.',
    properties: {
      clientDataJSON,
      authenticatorData: { description: 'What the authenticator says about itself.', ...base64url(5464) },
      signature: { description: 'The signature of both.', ...base64url(684) },
      userHandle: { description: 'Whom the passkey is for. A login by a passkey alone needs it.', ...base64url(88) },
    },
  },
  MadePasskey: {
    description:
      'A passkey that a browser has made: `RegistrationResponseJSON` (WebAuthn level 3, section 5.1). Further fields are ignored.',
    properties: credential,
  },
  PasskeyAttestation: {
    description: 'What an authenticator says that has made a passkey.',
    properties: {
      clientDataJSON,
      attestationObject: { description: 'The public key, in CBOR.', ...base64url(10_924) },
      transports: { description: 'How a browser reaches the passkey.', ...transports },
    },
  },
};

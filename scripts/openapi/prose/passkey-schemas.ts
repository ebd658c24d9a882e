import { MAX_EMAIL_LENGTH } from '../../../src/domain/account/email.ts';
import { status } from './account-fields.ts';
import { base64url, credentialId, transports } from './factor-fields.ts';
import { line, seconds } from './fields.ts';
import type { SchemaProse } from './schemas.ts';

const challenge = { description: 'What the authenticator signs.', ...base64url(1366) };
const timeout = { description: 'How long the browser waits, in milliseconds.', ...seconds(600_000) };
const userVerification = { description: 'The device has to make sure who uses it.' };
const type = { description: 'Always `public-key`.' };
const id = { description: 'The id of the passkey.', ...credentialId };
const rpId = { description: 'The domain that passkeys are for.', ...line(253) };
const email = { description: 'The address of the user.', ...line(MAX_EMAIL_LENGTH) };

/** What browsers take: the names are those of WebAuthn. */
export const passkeySchemas: Record<string, SchemaProse> = {
  PasskeyRequestOptions: {
    description:
      'What a browser needs to use a passkey: `PublicKeyCredentialRequestOptionsJSON` (WebAuthn level 3, section 5.1.9).',
    properties: {
      challenge,
      rpId,
      timeout,
      userVerification,
      allowCredentials: {
        description: 'The passkeys that fit. Empty: the user picks any passkey of this service.',
        maxItems: 20,
      },
    },
  },
  AllowedPasskey: {
    description: 'A passkey that may be used.',
    properties: {
      type,
      id,
      transports: { description: 'How a browser reaches it.', ...transports },
    },
  },
  PasskeyRequestOptionsResponse: {
    description: 'What a browser needs to use a passkey.',
    properties: { status, data: { description: 'The options.' } },
  },
  PasskeyCreationOptions: {
    description:
      'What a browser needs to make a passkey: `PublicKeyCredentialCreationOptionsJSON` (WebAuthn level 3, section 5.1.8).',
    properties: {
      challenge,
      rp: { description: 'Which service the passkey is for.' },
      user: { description: 'Whom the passkey is for.' },
      pubKeyCredParams: { description: 'The algorithms that the service verifies, the best first.', maxItems: 3 },
      timeout,
      excludeCredentials: {
        description: 'The passkeys of the account. A device that has one of them makes no second one.',
        maxItems: 20,
      },
      authenticatorSelection: { description: 'What the device has to do.' },
      attestation: { description: 'The maker of the device does not matter.' },
    },
  },
  RelyingParty: {
    description: 'The service.',
    properties: { id: rpId, name: { description: 'The name of the service, which the device shows.', ...line(64) } },
  },
  PasskeyUser: {
    description: 'The user.',
    properties: {
      id: { description: 'The user handle: the bytes of the id of the user.', ...base64url(88) },
      name: email,
      displayName: email,
    },
  },
  PasskeyAlgorithm: {
    description: 'An algorithm of signatures.',
    properties: {
      type,
      alg: {
        description: 'Its number in COSE (RFC 9053): -7 is ES256, -8 is EdDSA, -257 is RS256.',
        format: 'int32',
        minimum: -65_535,
        maximum: 0,
      },
    },
  },
  ExcludedPasskey: { description: 'A passkey of the account.', properties: { type, id } },
  AuthenticatorSelection: {
    description: 'What the device has to do.',
    properties: {
      residentKey: { description: 'Keep the passkey, so that it logs in without an address.' },
      requireResidentKey: { description: 'The same for browsers of WebAuthn level 1.' },
      userVerification,
    },
  },
  PasskeyCreationOptionsResponse: {
    description: 'What a browser needs to make a passkey.',
    properties: { status, data: { description: 'The options.' } },
  },
};

import { fieldOf, textOf } from './json-field.ts';
import { ProgramRefused } from './program-refused.ts';

/**
 * Asks the browser for a passkey of `options`, as the service gives them. Returns what the service verifies. Refusals:
 * `passkey_cancelled`; `passkeys_unavailable`.
 */
export async function getPasskey(options: unknown): Promise<unknown> {
  if (!isRequest(options)) throw unlike();
  const publicKey = requireHelpers().parseRequestOptionsFromJSON(options);
  return answerOf(() => navigator.credentials.get({ publicKey }));
}

/** Makes a passkey, as `getPasskey` uses one. Refuses also with `passkey_taken`, when this device has one already. */
export async function createPasskey(options: unknown): Promise<unknown> {
  if (!isCreation(options)) throw unlike();
  const publicKey = requireHelpers().parseCreationOptionsFromJSON(options);
  return answerOf(() => navigator.credentials.create({ publicKey }));
}

const isRequest = (value: unknown): value is PublicKeyCredentialRequestOptionsJSON =>
  textOf(value, 'challenge') !== undefined;

const isCreation = (value: unknown): value is PublicKeyCredentialCreationOptionsJSON =>
  textOf(value, 'challenge') !== undefined && textOf(fieldOf(value, 'user'), 'id') !== undefined;

/** The JSON helpers of WebAuthn level 3, section 5.1. A page on http has none, unless its host is localhost. */
function requireHelpers(): typeof PublicKeyCredential {
  const names = ['parseRequestOptionsFromJSON', 'parseCreationOptionsFromJSON'];
  if (typeof PublicKeyCredential === 'function' && names.every((name) => name in PublicKeyCredential)) {
    return PublicKeyCredential;
  }
  throw new ProgramRefused(
    'passkeys_unavailable',
    'This browser cannot use passkeys here. It needs https or localhost, and PublicKeyCredential with its JSON helpers.',
  );
}

async function answerOf(ask: () => Promise<Credential | null>): Promise<unknown> {
  const credential = await ask().catch((error: unknown) => {
    throw refusalOf(error);
  });
  if (credential instanceof PublicKeyCredential) return credential.toJSON();
  throw new ProgramRefused('passkey_cancelled', 'No passkey was chosen.');
}

/** Browsers do not tell a user who declines from one who waits for too long, or who has no passkey. */
function refusalOf(error: unknown): ProgramRefused {
  const { name, message } = error instanceof Error ? error : new Error('The browser gave no reason.');
  if (name === 'NotAllowedError' || name === 'AbortError') {
    return new ProgramRefused('passkey_cancelled', 'No passkey was chosen, in time or at all.');
  }
  if (name === 'InvalidStateError') {
    return new ProgramRefused('passkey_taken', 'This device has a passkey of the account already.');
  }
  return new ProgramRefused('passkeys_unavailable', `The browser refuses passkeys here: ${message}`);
}

const unlike = () => new ProgramRefused('unexpected_response', 'The response has no options for a passkey.');

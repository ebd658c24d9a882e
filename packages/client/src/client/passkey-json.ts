import { isRecord } from '../verify/shapes.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import type { PasskeyOptions } from './challenge.ts';
import { LatchkeyError } from './errors.ts';

/**
 * The JSON forms of WebAuthn level 3, section 5.1, by hand: password managers in a browser replace its own methods, and
 * some without `toJSON`.
 */

/** What `navigator.credentials.get` takes for the options of the service. User verification is what makes a passkey two factors. */
export function requestOptions(options: PasskeyOptions): PublicKeyCredentialRequestOptions {
  const { rpId, timeout } = options;
  return {
    challenge: bytesIn(options, 'challenge'),
    ...(typeof rpId === 'string' && { rpId }),
    ...(typeof timeout === 'number' && { timeout }),
    userVerification: 'required',
    allowCredentials: listIn(options, 'allowCredentials').map(descriptorOf),
  };
}

/** What `navigator.credentials.create` takes for the options of the service: a discoverable passkey, without attestation. */
export function creationOptions(options: PasskeyOptions): PublicKeyCredentialCreationOptions {
  const { rp, user, timeout } = options;
  return {
    challenge: bytesIn(options, 'challenge'),
    rp: { id: textIn(rp, 'id'), name: textIn(rp, 'name') },
    user: { id: bytesIn(user, 'id'), name: textIn(user, 'name'), displayName: textIn(user, 'displayName') },
    pubKeyCredParams: listIn(options, 'pubKeyCredParams').map(algorithmOf),
    ...(typeof timeout === 'number' && { timeout }),
    excludeCredentials: listIn(options, 'excludeCredentials').map(descriptorOf),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  };
}

/** The `AuthenticationResponseJSON` of what `navigator.credentials.get` gave. */
export function assertionJson(credential: object): object {
  const response = responseOf(credential);
  const userHandle = encodedIn(response, 'userHandle');
  return {
    ...identityOf(credential),
    response: {
      clientDataJSON: encodedIn(response, 'clientDataJSON'),
      authenticatorData: encodedIn(response, 'authenticatorData'),
      signature: encodedIn(response, 'signature'),
      ...(userHandle !== undefined && { userHandle }),
    },
  };
}

/** The `RegistrationResponseJSON` of what `navigator.credentials.create` gave. */
export function registrationJson(credential: object): object {
  const response = responseOf(credential);
  return {
    ...identityOf(credential),
    response: {
      clientDataJSON: encodedIn(response, 'clientDataJSON'),
      attestationObject: encodedIn(response, 'attestationObject'),
      transports: transportsOf(response),
    },
  };
}

function identityOf(credential: object) {
  const id = encodedIn(credential, 'rawId');
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
}

function responseOf(credential: object): object {
  const response: unknown = Reflect.get(credential, 'response');
  return typeof response === 'object' && response !== null ? response : {};
}

function encodedIn(owner: object, name: string): string | undefined {
  const value: unknown = Reflect.get(owner, name);
  return value instanceof ArrayBuffer ? encodeBase64url(value) : undefined;
}

/** Not every browser and password manager tells them. */
function transportsOf(response: object): unknown[] {
  const tell: unknown = Reflect.get(response, 'getTransports');
  const told: unknown = typeof tell === 'function' ? Reflect.apply(tell, response, []) : undefined;
  return Array.isArray(told) ? told : [];
}

function descriptorOf(entry: unknown): PublicKeyCredentialDescriptor {
  const transports = listIn(entry, 'transports').filter(isTransport);
  return { type: 'public-key', id: bytesIn(entry, 'id'), ...(transports.length > 0 && { transports }) };
}

function algorithmOf(entry: unknown): PublicKeyCredentialParameters {
  const alg = isRecord(entry) ? entry['alg'] : undefined;
  if (typeof alg !== 'number') throw notOptions();
  return { type: 'public-key', alg };
}

function bytesIn(owner: unknown, name: string): Uint8Array<ArrayBuffer> {
  const text = textIn(owner, name);
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw notOptions();
  return decodeBase64url(text);
}

function textIn(owner: unknown, name: string): string {
  const value = isRecord(owner) ? owner[name] : undefined;
  if (typeof value !== 'string') throw notOptions();
  return value;
}

function listIn(owner: unknown, name: string): unknown[] {
  const value = isRecord(owner) ? owner[name] : undefined;
  return Array.isArray(value) ? value : [];
}

const isTransport = (value: unknown): value is AuthenticatorTransport =>
  typeof value === 'string' && ['ble', 'hybrid', 'internal', 'nfc', 'usb'].includes(value);

const notOptions = () => new LatchkeyError('unexpected_response', 'The response has no options for a passkey.');

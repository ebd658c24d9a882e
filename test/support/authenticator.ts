import { encodeCBOR } from '@levischuck/tiny-cbor';
import { base64url } from 'jose';
import type { AuthenticationResponse } from '../../src/crypto/webauthn/verify-assertion.ts';
import type { RegistrationResponse } from '../../src/crypto/webauthn/verify-registration.ts';

type Cbor = Parameters<typeof encodeCBOR>[0];

/** The bits of the flags of WebAuthn level 3, section 6.1. */
export const FLAG = { UP: 0x01, UV: 0x04, BE: 0x08, BS: 0x10, AT: 0x40, ED: 0x80 };

/** What a test says otherwise than a browser and an authenticator would. */
export type Said = {
  clientData?: object;
  rpId?: string;
  flags?: number;
  counter?: number;
  cose?: Map<number, Cbor>;
  /** After all else in the authenticator data. */
  rest?: Uint8Array;
  fmt?: Cbor;
  attStmt?: Cbor;
};

/** A browser at `origin` with an authenticator that has one passkey for `rpId`, of ES256. */
export async function makeAuthenticator({ rpId, origin }: { rpId: string; origin: string }) {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new TypeError('a pair has two keys');
  const point = new Uint8Array(asBuffer(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const credentialId = crypto.getRandomValues(new Uint8Array(32));
  const id = encode(credentialId);
  const cose = coseOf(point);

  const clientDataOf = (type: string, challenge: string, more: object = {}) =>
    bytesOf(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...more }));

  const register = async (challenge: string, said: Said = {}): Promise<RegistrationResponse> => {
    const flags = said.flags ?? FLAG.UP | FLAG.UV | FLAG.AT;
    const made = concat(new Uint8Array(16), [0, 32], credentialId, encodeCBOR(said.cose ?? cose));
    const rest = concat(flags & FLAG.AT ? made : [], said.rest ?? []);
    const authData = await authenticatorData({ rpId, counter: 0, ...said, flags, rest });
    const attestation = new Map<string, Cbor>([
      ['fmt', said.fmt ?? 'none'],
      ['attStmt', said.attStmt ?? new Map()],
      ['authData', authData],
    ]);
    const clientDataJSON = encode(clientDataOf('webauthn.create', challenge, said.clientData));
    const response = { clientDataJSON, attestationObject: encode(encodeCBOR(attestation)) };
    return { id, rawId: id, type: 'public-key', response };
  };

  const authenticate = async (challenge: string, said: Said = {}): Promise<AuthenticationResponse> => {
    const clientData = clientDataOf('webauthn.get', challenge, said.clientData);
    const data = await authenticatorData({ rpId, counter: 0, rest: [], flags: FLAG.UP | FLAG.UV, ...said });
    const signed = concat(data, await sha256(clientData));
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, signed);
    const response = {
      clientDataJSON: encode(clientData),
      authenticatorData: encode(data),
      signature: encode(toDer(new Uint8Array(signature))),
    };
    return { id, rawId: id, type: 'public-key', response };
  };

  return { id, cose, register, authenticate };
}

/** The COSE key of `point`, as Web Crypto exports it. */
export const coseOf = (point: Uint8Array) =>
  new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, point.slice(1, 33)],
    [-3, point.slice(33)],
  ]);

/** `raw`, a signature of Web Crypto, in DER (RFC 3279, section 2.2.3). */
export function toDer(raw: Uint8Array): Uint8Array {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((padded) => {
    const digits = padded.subarray(padded.findIndex((byte) => byte !== 0));
    return concat([2, digits.length + ((digits[0] ?? 0) >> 7)], (digits[0] ?? 0) >= 0x80 ? [0] : [], digits);
  });
  const both = concat(...integers);
  return concat([0x30, both.length], both);
}

export const encode = (bytes: Uint8Array): string => base64url.encode(bytes);

/** The bytes of `hex`, which may have blanks. */
export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const concat = (...parts: Iterable<number>[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

const bytesOf = (text: string) => new TextEncoder().encode(text);

const sha256 = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

function asBuffer(exported: ArrayBuffer | JsonWebKey): ArrayBuffer {
  if (!(exported instanceof ArrayBuffer)) throw new TypeError('a raw key is bytes');
  return exported;
}

async function authenticatorData({
  rpId,
  flags,
  counter,
  rest,
}: {
  rpId: string;
  flags: number;
  counter: number;
  rest: Iterable<number>;
}) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, counter);
  return concat(await sha256(bytesOf(rpId)), [flags], new Uint8Array(view.buffer), rest);
}

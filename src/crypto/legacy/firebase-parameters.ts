import { bytesOfBase64 } from './forms/bytes.ts';

/**
 * The password hash parameters of a Firebase project. `signerKey` has 64 bytes. scrypt runs with N = 2^`memCost`, r =
 * `rounds` and p = 1, and takes the salt of the user with `saltSeparator` behind it.
 */
export type FirebaseParameters = {
  signerKey: Uint8Array;
  saltSeparator: Uint8Array;
  rounds: number;
  memCost: number;
};

/** Far more than the four parameters take. */
const MAX_LENGTH = 1024;
const SIGNER_KEY = /^[\w+/-]{86}(?:==)?$/;
/** 1 to 15 bytes. */
const SEPARATOR = /^(?:[\w+/-]{4}){0,4}(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?|[\w+/-]{4})$/;

/**
 * The parameters in `text`, JSON with exactly the members that the Firebase console shows: `base64_signer_key`,
 * `base64_salt_separator`, `rounds` (1 to 8) and `mem_cost` (1 to 14). `algorithm` may say "SCRYPT", as there. Returns
 * `undefined` for anything else.
 */
export function parseFirebaseParameters(text: string): FirebaseParameters | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const members = parseObject(text);
  if (members === undefined) return undefined;
  const {
    algorithm = 'SCRYPT',
    base64_signer_key: signerKey,
    base64_salt_separator: saltSeparator,
    rounds,
    mem_cost: memCost,
    ...others
  } = members;
  if (algorithm !== 'SCRYPT' || Object.keys(others).length > 0) return undefined;
  if (typeof signerKey !== 'string' || !SIGNER_KEY.test(signerKey)) return undefined;
  if (typeof saltSeparator !== 'string' || !SEPARATOR.test(saltSeparator)) return undefined;
  if (!isWithin(rounds, 8) || !isWithin(memCost, 14)) return undefined;
  return { signerKey: bytesOfBase64(signerKey), saltSeparator: bytesOfBase64(saltSeparator), rounds, memCost };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

const isWithin = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;

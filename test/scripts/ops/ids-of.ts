import { expect } from 'vitest';
import { findConfigProblems } from '../../../src/config/config.ts';
import { importSigningKeys } from '../../../src/crypto/signing-keys.ts';

/** The ids of the keys in `jwks`, which the service must accept. */
export async function idsOf(jwks: string): Promise<string[]> {
  expect(findConfigProblems({ SIGNING_KEYS: jwks }).map(({ field }) => field)).not.toContain('SIGNING_KEYS');
  return (await importSigningKeys(jwks)).verifiers.map(({ kid }) => kid);
}

import { describe, expect, it } from 'vitest';
import { findFactorRemarks, findPasskeyProblems } from '../../../scripts/ops/passkey-rules.ts';

const ISSUER = 'https://auth.example.org';
const problemsOf = (values: Record<string, unknown>) =>
  findPasskeyProblems({ ISSUER, ...values }).map(({ field, problem }) => `${field} ${problem}`);

describe('the passkeys of a deployment', () => {
  it.each([
    [{}],
    [{ RP_ID: '', PASSKEY_ORIGINS: '' }],
    [{ RP_ID: 'example.org' }],
    [{ RP_ID: 'me.workers.dev' }],
    [{ PASSKEY_ORIGINS: ISSUER }],
    [{ PASSKEY_ORIGINS: `${ISSUER}, https://app.example.org`, CORS_ORIGINS: 'https://app.example.org' }],
    [{ PASSKEY_ORIGINS: 'https://app.example.org', CORS_ORIGINS: 'https://*.example.org' }],
    // The service itself refuses what is no text.
    [{ RP_ID: 1, PASSKEY_ORIGINS: [], ISSUER: undefined }],
  ])('are in order with %j', (values) => {
    expect(problemsOf(values)).toEqual([]);
  });

  it.each([
    [{ RP_ID: 'localhost' }, 'RP_ID must not be localhost in production'],
    [{ RP_ID: 'org' }, 'RP_ID must be a domain of yours'],
    [{ RP_ID: 'workers.dev' }, 'RP_ID must be a domain of yours'],
    [
      { PASSKEY_ORIGINS: 'http://localhost:5173', CORS_ORIGINS: 'http://localhost:5173' },
      'PASSKEY_ORIGINS must be https in production',
    ],
    [{ PASSKEY_ORIGINS: 'https://app.example.org' }, 'PASSKEY_ORIGINS must be origins that CORS_ORIGINS allows'],
    [
      { PASSKEY_ORIGINS: `${ISSUER}, https://app.example.org`, CORS_ORIGINS: 'https://www.example.org' },
      'PASSKEY_ORIGINS must be origins that CORS_ORIGINS allows',
    ],
  ])('are not in order with %j', (values, words) => {
    expect(problemsOf(values)).toEqual([expect.stringContaining(words)]);
  });
});

it('remarks that administrators need no second factor, unless they do', () => {
  for (const values of [{}, { SECOND_FACTOR: 'optional' }])
    expect(findFactorRemarks(values)).toEqual({ SECOND_FACTOR: expect.stringMatching(/^ok, but administrators/) });
  for (const SECOND_FACTOR of ['admins', 'required']) expect(findFactorRemarks({ SECOND_FACTOR })).toEqual({});
});

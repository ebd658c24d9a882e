import { describe, expect, it } from 'vitest';
import { findConfigProblems, parseConfig } from '../../src/config/config.ts';
import { least } from '../support/least-config.ts';

const base = { ...least, ISSUER: 'https://auth.example.org' };

const factorsOf = (env: object) => {
  const { secondFactor, rpId, passkeyOrigins } = parseConfig({ ...base, ...env });
  return { secondFactor, rpId, passkeyOrigins };
};
const fieldsOf = (env: object) => findConfigProblems({ ...base, ...env }).map(({ field }) => field);

it('asks nobody for a second factor, unless the configuration says whom', () => {
  for (const SECOND_FACTOR of ['optional', 'admins', 'required'])
    expect(factorsOf({ SECOND_FACTOR }).secondFactor).toBe(SECOND_FACTOR);
  expect(factorsOf({}).secondFactor).toBe('optional');
  for (const SECOND_FACTOR of ['', 'on', 'Required', 'admin'])
    expect(fieldsOf({ SECOND_FACTOR })).toEqual(['SECOND_FACTOR']);
});

describe('passkeys', () => {
  it('belong to the host of ISSUER, and work on its pages', () => {
    expect(factorsOf({})).toMatchObject({ rpId: 'auth.example.org', passkeyOrigins: ['https://auth.example.org'] });
    expect(factorsOf({ ISSUER: 'http://localhost:8787' })).toMatchObject({
      rpId: 'localhost',
      passkeyOrigins: ['http://localhost:8787'],
    });
  });

  it('belong to another domain, and work on the pages below it', () => {
    const ACCOUNT_URL = 'https://app.example.org/account';
    expect(factorsOf({ RP_ID: 'example.org', ACCOUNT_URL })).toMatchObject({
      rpId: 'example.org',
      passkeyOrigins: ['https://auth.example.org', 'https://app.example.org'],
    });
    expect(factorsOf({ ACCOUNT_URL }).passkeyOrigins, 'ACCOUNT_URL is on another domain').toEqual([
      'https://auth.example.org',
    ]);
  });

  it('work on the pages of PASSKEY_ORIGINS beside our own, each once', () => {
    const PASSKEY_ORIGINS = 'https://app.example.org, https://app.example.org, https://example.org';
    expect(factorsOf({ RP_ID: 'example.org', PASSKEY_ORIGINS }).passkeyOrigins).toEqual([
      'https://auth.example.org',
      'https://app.example.org',
      'https://example.org',
    ]);
  });

  it.each([
    'https://example.org',
    'example.org:443',
    'Example.org',
    '127.0.0.1',
    'example.org/',
    '*.example.org',
    'a b',
  ])('cannot belong to %s', (RP_ID) => {
    expect(fieldsOf({ RP_ID })).toContain('RP_ID');
  });

  it.each([
    'http://app.example.org',
    'https://app.example.org/',
    'https://example.com',
    'https://notexample.org',
    'app.example.org',
    '*',
  ])('cannot work on %s', (origin) => {
    expect(fieldsOf({ RP_ID: 'example.org', PASSKEY_ORIGINS: `https://example.org, ${origin}` })).toEqual([
      'PASSKEY_ORIGINS',
    ]);
  });

  it('cannot belong to a domain without a page', () => {
    expect(fieldsOf({ RP_ID: 'example.com' })).toEqual(['RP_ID']);
    expect(fieldsOf({ RP_ID: 'example.com', PASSKEY_ORIGINS: 'https://example.com' })).toEqual([]);
  });
});

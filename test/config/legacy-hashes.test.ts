import { describe, expect, it } from 'vitest';
import { env } from 'cloudflare:workers';
import { findConfigProblems, parseConfig } from '../../src/config/config.ts';
import { FIREBASE_SCRYPT } from '../support/firebase.ts';

const problemsOf = (values: object) => findConfigProblems({ ...env, ...values });

describe('LEGACY_HASHES_UNTIL', () => {
  it('is a day, which ends in UTC', () => {
    expect(parseConfig({ ...env, LEGACY_HASHES_UNTIL: '2028-02-29' }).legacyHashesUntil).toEqual({
      day: '2028-02-29',
      end: new Date('2028-03-01T00:00:00Z'),
    });
    expect(parseConfig({ ...env, LEGACY_HASHES_UNTIL: '' }).legacyHashesUntil).toBeUndefined();
    expect(parseConfig(env).legacyHashesUntil).toBeUndefined();
  });

  it.each(['2027-02-29', '2027-13-01', '27-06-30', '2027-06-30T00:00:00Z', 'never', '٢٠٢٧-06-30', '2027-06-30\n'])(
    'must not be %j',
    (LEGACY_HASHES_UNTIL) => {
      const problem = 'must be a day, such as 2027-06-30';
      expect(problemsOf({ LEGACY_HASHES_UNTIL })).toEqual([{ field: 'LEGACY_HASHES_UNTIL', problem }]);
    },
  );
});

describe('FIREBASE_SCRYPT', () => {
  it('has the parameters of a project', () => {
    expect(parseConfig({ ...env, FIREBASE_SCRYPT }).firebaseScrypt).toBeDefined();
    expect(parseConfig({ ...env, FIREBASE_SCRYPT: '' }).firebaseScrypt).toBeUndefined();
  });

  it.each([
    '{}',
    'hunter2',
    FIREBASE_SCRYPT.replace('"rounds":8', '"rounds":9'),
    FIREBASE_SCRYPT.replace('14}', '40}'),
  ])('must not be %s', (value) => {
    const [problem, ...others] = problemsOf({ FIREBASE_SCRYPT: value });
    expect(others).toEqual([]);
    expect(problem?.field).toBe('FIREBASE_SCRYPT');
    expect(problem?.problem).toMatch(/^must be JSON with base64_signer_key/);
  });
});

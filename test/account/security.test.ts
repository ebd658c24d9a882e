import { base64url } from 'jose';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../packages/account/src/refusals.ts';
import { explain, isStale } from '../../packages/account/src/security/refusals.ts';
import { codesSentence, factorSentence } from '../../packages/account/src/security/sentences.ts';
import { longAgo, whyAgain } from '../../packages/account/src/security/why-again.ts';
import { refusals } from '../../src/errors.ts';

describe('what the page for second factors says about a refusal', () => {
  const again = textOf('unreachable');

  it('is to press again, for every fault of the service or of what it needs', () => {
    const faults = Object.entries(refusals).flatMap(([code, { status }]) => (status >= 500 ? [code] : []));
    for (const code of [...faults.filter((code) => code !== 'mail_unavailable'), 'unexpected_response'])
      expect(explain(code), code).toBe(again);
  });

  it('is a sentence in both languages, for all that people can run into', () => {
    const codes = [
      'invalid_credentials',
      'wrong_password',
      'wrong_factor',
      'invalid_challenge_token',
      'invalid_passkey',
      'passkey_taken',
      'too_many_passkeys',
      'last_factor',
      'change_conflict',
      'unknown_passkey',
      'unknown_factor',
      'no_second_factor',
      'too_many_requests',
      'passkey_cancelled',
      'passkeys_unavailable',
      'not_logged_in',
    ];
    for (const code of codes) {
      const { en, de } = explain(code);
      expect(en, code).toMatch(/^[A-Z].*\.$/);
      expect(en, code).not.toContain(code);
      expect(de, code).toMatch(/^[A-ZÄÖÜ].*\.$/);
    }
  });

  it('does not say whether the address or the password is wrong', () => {
    expect(explain('invalid_credentials').en).toBe('The address or the password is wrong.');
  });

  it('comes with what the account has now, after a change elsewhere', () => {
    expect(Object.keys(refusals).filter(isStale).toSorted()).toEqual([
      'change_conflict',
      'invalid_challenge_token',
      'no_second_factor',
      'unknown_factor',
      'unknown_passkey',
    ]);
  });
});

describe('why the page asks somebody with a second factor once more who it is', () => {
  const tokenWith = (claims: object) => `e30.${base64url.encode(JSON.stringify(claims))}.mac`;

  it('is that the login was with the password alone, where it was', () => {
    expect(whyAgain(tokenWith({ sub: '\u{1F600}>>>???', acr: 'aal1' }))).toEqual({
      en: 'Your account has a second factor by now, and this login has not shown it.',
      de: 'Ihr Konto hat inzwischen einen zweiten Faktor, und diese Anmeldung hat ihn nicht gezeigt.',
    });
  });

  it('is that the login is some time ago, where it has shown the second factor', () => {
    expect(whyAgain(tokenWith({ acr: 'aal2', claims: { acr: 'aal1' } }))).toBe(longAgo);
  });

  it('is that the login is some time ago, where the token does not tell', () => {
    for (const token of [undefined, '', 'a.%.b', 'a.bnVsbA.b', tokenWith({})]) expect(whyAgain(token)).toBe(longAgo);
  });
});

describe('what the page says about a factor', () => {
  const added_on = '2026-11-27T12:00:00.000Z';

  it('is when it was set up and used', () => {
    expect(factorSentence({ added_on, last_used_on: null })).toEqual({
      en: 'Set up on 27 November 2026. Not used yet.',
      de: 'Eingerichtet am 27. November 2026. Noch nicht verwendet.',
    });
    expect(factorSentence({ added_on, last_used_on: '2026-12-01T12:00:00.000Z' })).toEqual({
      en: 'Set up on 27 November 2026. Last used on 1 December 2026.',
      de: 'Eingerichtet am 27. November 2026. Zuletzt verwendet am 1. Dezember 2026.',
    });
  });

  it('is whether a passkey is on other devices too', () => {
    expect(factorSentence({ added_on, last_used_on: null, isSynced: true }).en).toContain('beyond this one device');
  });

  it('is how many recovery codes are left', () => {
    expect(codesSentence({ left: 9, made_on: added_on }).en).toMatch(/^9 left, made on 27 November 2026\. /);
    expect(codesSentence(null).de).toMatch(/^0 übrig\. /);
  });
});

import { afterEach, expect, it, vi } from 'vitest';
import { passwordFault } from '../../../src/domain/account/password.ts';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['plain letters', 'x'],
  ['letters with three marks', '\u1f82'],
  ['letters outside the BMP that decompose into three', '\u{16121}'],
  ['emoji', '🔑'],
])('accepts 256 characters of %s in any normal form, and no more', (_, character) => {
  for (const form of ['NFC', 'NFD'] as const) {
    expect(passwordFault(character.repeat(256).normalize(form))).toBeUndefined();
    expect(passwordFault(character.repeat(257).normalize(form))).toBe('Must have at most 256 characters.');
  }
});

it('checks the length before it normalizes', () => {
  const normalize = vi.spyOn(String.prototype, 'normalize');
  expect(passwordFault('e\u0323\u0301'.repeat(5000))).toBe('Must have at most 256 characters.');
  expect(passwordFault('x'.repeat(1537))).toBe('Must have at most 256 characters.');
  expect(normalize).not.toHaveBeenCalled();
});

import { afterEach, expect, it, vi } from 'vitest';
import { passwordFault } from '../../../src/domain/account/password.ts';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['plain letters', 'x'],
  ['letters with three marks', '\u1f82'],
  ['letters outside the BMP that are three', '\u{16121}'],
  ['emoji', '🔑'],
])('takes 256 characters of %s, and no more, in whatever form they are typed', (_, character) => {
  for (const form of ['NFC', 'NFD'] as const) {
    expect(passwordFault(character.repeat(256).normalize(form))).toBeUndefined();
    expect(passwordFault(character.repeat(257).normalize(form))).toBe('Must have at most 256 characters.');
  }
});

it('looks at the length before it normalizes', () => {
  const normalize = vi.spyOn(String.prototype, 'normalize');
  expect(passwordFault('e\u0323\u0301'.repeat(5000))).toBe('Must have at most 256 characters.');
  expect(passwordFault('x'.repeat(1537))).toBe('Must have at most 256 characters.');
  expect(normalize).not.toHaveBeenCalled();
});

import { describe, expect, it } from 'vitest';
import { decodeWords, encodeWords } from '../../../src/domain/account/front-coding.ts';

const words = ['007', 'passport', 'password', 'password1', 'qwerty'];
const text = 'A007\nApassportEwordI1\nAqwerty\n';

describe('front coding', () => {
  it('writes only what a word does not share with the one before', () => {
    expect(encodeWords(words)).toBe(text);
    expect(decodeWords(text)).toEqual(words);
  });

  it('reads lines that end in any way', () => {
    expect(decodeWords(text.replaceAll('\n', '\r\n'))).toEqual(words);
    expect(decodeWords(text.replaceAll('\n', ''))).toEqual(words);
  });

  it('counts no more shared characters than capitals can', () => {
    const long = ['x'.repeat(40), 'x'.repeat(41)];
    expect(encodeWords(long)).toBe(`A${'x'.repeat(40)}Z${'x'.repeat(16)}\n`);
    expect(decodeWords(encodeWords(long))).toEqual(long);
  });

  it.each(['', 'two words', 'Capital', 'line\n'])('refuses the word %j', (word) =>
    expect(() => encodeWords([word])).toThrow(TypeError),
  );
});

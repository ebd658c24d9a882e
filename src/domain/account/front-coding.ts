const A = 'A'.charCodeAt(0);
const MAX_SHARED = 25;

/**
 * Shortens sorted words: each becomes a capital, which says how many characters it shares with the word before it (`A`
 * none, `B` one), and the rest. `passport`, `password`, `password1` become `ApassportEwordI1`. A word that shares
 * nothing begins a line. Throws a `TypeError` for a word that is not printable ASCII without capitals and spaces.
 */
export function encodeWords(words: string[]): string {
  let before = '';
  const parts = words.map((word) => {
    if (!/^[!-@[-~]+$/.test(word)) throw new TypeError('a word is not printable ASCII without capitals and spaces');
    let shared = 0;
    while (shared < MAX_SHARED && shared < before.length && word[shared] === before[shared]) shared += 1;
    before = word;
    return `${shared === 0 ? '\n' : ''}${String.fromCharCode(A + shared)}${word.slice(shared)}`;
  });
  return `${parts.join('').trimStart()}\n`;
}

/** The words that `encodeWords` has shortened. A checkout may have changed the line breaks of `text`. */
export function decodeWords(text: string): string[] {
  let word = '';
  return Array.from(text.matchAll(/([A-Z])([^A-Z\s]*)/g), ([, shared = '', rest = '']) => {
    word = word.slice(0, shared.charCodeAt(0) - A) + rest;
    return word;
  });
}

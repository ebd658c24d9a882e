/**
 * The length, in UTF-16 units, of the longest input that NFKC can turn into `characters` characters: one character can be typed
 * in six units at most. Check it before you normalize or parse a text, which costs time for a long one.
 */
export const longestTyped = (characters: number): number => 6 * characters;

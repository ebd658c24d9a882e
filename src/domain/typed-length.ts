/**
 * The most UTF-16 units in which a text of so many `characters` after NFKC can be typed: of one character, normal form D makes
 * four units or, outside the BMP, six at most. Normalizing and parsing a long text cost more than it is worth, so this is
 * checked before either.
 */
export const longestTyped = (characters: number): number => 6 * characters;

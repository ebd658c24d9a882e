/**
 * `text` in NFKC (Unicode Standard Annex 15), the form in which passwords and addresses are hashed, counted and
 * compared. It costs time for a long text: check the length first, by `longestTyped`.
 */
export const toNfkc = (text: string): string => text.normalize('NFKC');

/** `text` in NFKC and lower case, to compare it without regard to case. */
export const foldCase = (text: string): string => toNfkc(text).toLowerCase();

/**
 * The most UTF-16 units of a text that NFKC can turn into `characters` characters: six for each, in all of Unicode.
 * Whatever is longer is too long before it is normalized.
 */
export const longestTyped = (characters: number): number => 6 * characters;

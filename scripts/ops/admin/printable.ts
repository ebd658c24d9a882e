/** What a terminal may obey or hide: control and format characters, halves of pairs, line and paragraph separators. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Scripts and symbols that a terminal shows two columns wide (Unicode Standard Annex 11). */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const HALF_WIDE = /[\uff61-\uffdc]/u;

/** `text` as one line without control characters. Escapes each as `\u{1b}`: user agents are hostile text. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** `value` as JSON without control characters in its strings, which JSON itself allows from U+007F on. */
export function printableJson(value: unknown, indent = 0): string {
  const json = JSON.stringify(value, null, indent);
  return json.replaceAll(UNPRINTABLE, (character) => (character === '\n' ? character : escapeUnits(character)));
}

/** The columns that a terminal needs for `text`, which is printable. */
export function displayWidth(text: string): number {
  return Array.from(text, widthOf).reduce((sum, width) => sum + width, 0);
}

function widthOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) && !HALF_WIDE.test(character) ? 2 : 1;
}

const escapeUnits = (character: string) =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

import type { Text } from './text.ts';

/** The sentences of the service about a field, and the same in German. */
const german: readonly (readonly [RegExp, string])[] = [
  [/^Must have at least (\d+) characters\.$/, 'Nehmen Sie mindestens $1 Zeichen.'],
  [/^Must have at most (\d+) characters\.$/, 'Nehmen Sie höchstens $1 Zeichen.'],
  [
    /^Must not be the e-mail address, a part of it, or our name\.$/,
    'Nehmen Sie weder die E-Mail-Adresse, noch einen Teil davon, noch unseren Namen.',
  ],
  [/^Must not be one of the most common passwords\.$/, 'Dieses Passwort verwenden zu viele. Nehmen Sie ein anderes.'],
  [
    /^Must not be known from a data breach\.$/,
    'Dieses Passwort ist aus einem Datenleck bekannt. Nehmen Sie ein anderes.',
  ],
  [/^Must be Unicode text without NUL\.$/, 'Dieses Passwort enthält Zeichen, die nicht möglich sind.'],
  [
    /^Must be an e-mail address of at most (\d+) characters\.$/,
    'Das ist keine E-Mail-Adresse, oder sie hat mehr als $1 Zeichen.',
  ],
];

/** What the service says about a field, with its German if there is one. */
export function translateFieldError(message: string): Text {
  const [pattern, words] = german.find(([pattern]) => pattern.test(message)) ?? [];
  return pattern === undefined || words === undefined
    ? { en: message }
    : { en: message, de: message.replace(pattern, words) };
}

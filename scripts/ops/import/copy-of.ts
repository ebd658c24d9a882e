/** The text in memory of its own. A part of a text keeps the whole in memory, which is a piece of the file. */
export const copyOf = (text: string): string => Buffer.from(text).toString();

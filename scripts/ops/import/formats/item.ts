/** A record of a file as it is there, with its place for people and, where the format names it, its table. */
export type Item = { place: string; table?: string; record: Fields } | { place: string; fault: string };

export type Fields = Record<string, unknown>;

/** The name of a table or list in a file, in lower case. `schema` matters only where the file names one. */
export type TableName = { schema?: string; name: string };

/** What no record, line or value exceeds, in characters. A file without line ends must not fill the memory. */
export const MAX_RECORD_LENGTH = 65_536;

export const TOO_LONG = 'This is longer than 64 KiB.';
export const CUT_OFF = 'The file ends here, in the middle of a record. Is it cut off?';

import type { Format } from '../formats/detect.ts';
import type { Fields, Item, TableName } from '../formats/item.ts';

/** A line as `POST /admin/import` takes it. */
export type ImportLine = {
  email: string;
  password_hash: string | null;
  id?: string;
  registered_on?: string;
  email_verified?: boolean;
  admin?: boolean;
  roles?: string[];
  disabled?: boolean;
};

/** A user of a source. `oldId` is what other tables of the application call the user by. */
export type User = { line: ImportLine | Fields; oldId: string | undefined };

/** What a record is to us. `undefined` for a record of something else. Throws `RowFault`. */
export type Convert = (record: Fields) => User | undefined;

/** Where users come from. */
export type Source = {
  /** What its files are, for people: `a dump of the tutorial's users table`. */
  what: string;
  /** What to do about a file that is of another source, as a sentence. */
  advice?: string;
  formats: Format[];
  tables: TableName[];
  /** What `record`, the first of a file, lacks to be of this source, for people. `undefined` when it is. */
  lacks: (record: Fields) => string | undefined;
  /** Whether `start` reads all files before they are converted. */
  readsTwice?: boolean;
  /** What converts the records. */
  start: (readAll: () => AsyncIterable<Item>, now: Date) => Convert | Promise<Convert>;
};

/** Why a record cannot be taken. The message is for people, and quotes nothing of the record. */
export class RowFault extends Error {}

/** What a record lacks that has not all of the columns `names`. */
export function lacksColumns(record: Fields, names: string[]): string | undefined {
  const missing = names.find((name) => !Object.hasOwn(record, name));
  return missing === undefined ? undefined : `it has no column ${missing}`;
}

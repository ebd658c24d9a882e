import { isTexts } from '../verify/shapes.ts';
import { isText, textOrNull } from './account.ts';
import { LatchkeyError } from './errors.ts';
import { type Page, parsePart } from './lists.ts';
import { type Names, rename } from './names.ts';
import { type Fields, fieldsOf } from './response.ts';

/** An API key, without what lets anybody in. */
export type ApiKey = {
  key_id: string;
  name: string;
  /** The scopes that it was given. It has those of them that its owner still has. */
  scopes: string[];
  created_on: string;
  /** `null` for a key that never expires. */
  expires_on: string | null;
  /** When it was last used, to the hour; `null` when it was not. */
  last_used_on: string | null;
};

/** A new API key. Nobody can read `key` again: show it once, or keep it as safe as a password. */
export type NewApiKey = ApiKey & { key: string };

/** What an API key is to be. */
export type GivenKey = {
  /** For people, to tell their keys apart. */
  name: string;
  /** By default all that the owner has now. */
  scopes?: readonly string[];
  /** From 1 to 3650, 90 by default. `null` makes a key that never expires. */
  expiresInDays?: number | null;
};

/** API keys, newest first, and the cursor of those that follow; `undefined` at the end. */
export type KeyPage = { keys: ApiKey[]; next: string | undefined };

const KEY_NAMES: Names = { name: 'name', scopes: 'scopes', expiresInDays: 'expires_in_days' };
const PAGE_NAMES: Names = { after: 'after', limit: 'limit' };

/** The fields that make a key. Throws `TypeError`: a misspelled name would make a key that may do too much for too long. */
export function keyFields(given: GivenKey): Fields {
  const fields = rename<unknown>(KEY_NAMES, given);
  if (typeof fields['name'] === 'string') return fields;
  throw new TypeError('Give an object with a text for name.');
}

/** The query for a part of a list. Throws `TypeError` for another name. */
export const pageFields = (page: Page) => rename(PAGE_NAMES, page);

/** The key in the body of the success that has made it. */
export function parseNewKey({ key, data }: Fields): NewApiKey {
  if (!isText(key)) throw notKey();
  return { ...parseKey(data), key };
}

/** The keys in the body of a success. */
export function parseKeys(body: Fields): KeyPage {
  const { entries, next } = parsePart(body, parseKey);
  return { keys: entries, next };
}

/** A key in a response. Fields that this version does not know are kept. */
export function parseKey(entry: unknown): ApiKey {
  const fields = fieldsOf(entry) ?? {};
  const { key_id: id, name, scopes, created_on: on, expires_on: end, last_used_on: use } = fields;
  if (!isText(id) || !isText(name) || !isTexts(scopes) || !isText(on) || !isTime(end)) throw notKey();
  return { ...fields, key_id: id, name, scopes, created_on: on, expires_on: end, last_used_on: textOrNull(use) };
}

/** An expiry that is missing must not pass for a key that never expires. */
const isTime = (value: unknown): value is string | null => value === null || isText(value);

const notKey = () => new LatchkeyError('unexpected_response', 'The response is not an API key.');

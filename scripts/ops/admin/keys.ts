// What the commands on the API keys of users and of clients share.
import { UsageError } from '../../command.ts';
import type { Outcome } from './operator-command.ts';
import type { Key } from './shapes.ts';
import { moment, table } from './table.ts';

const ID = /^[0-9A-Za-z]{16}$/;

/** `id`, if it is the id of a key. The whole key is a secret, and the message does not repeat it. */
export function parseKeyId(id: string): string {
  if (ID.test(id)) return id;
  throw new UsageError('The id of a key is the 16 characters after lk_, and not the whole key.');
}

/** The table of the keys of `owner`. */
export function listKeys(keys: Key[], owner: string): Outcome {
  const json = { data: keys, next: null };
  if (keys.length === 0) return { json, lines: [], remark: `${owner} has no API key.` };
  return { json, lines: table(['id', 'made', 'last used', 'ends', 'scopes', 'name'], keys.map(cellsOf)) };
}

const cellsOf = ({ key_id: id, created_on: made, last_used_on: used, expires_on: ends, scopes, name }: Key) => [
  id,
  moment(made),
  used === null ? 'never' : moment(used),
  ends === null ? 'never' : moment(ends),
  scopes.join(' '),
  name,
];

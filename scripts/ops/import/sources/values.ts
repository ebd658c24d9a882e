import type { Fields } from '../formats/item.ts';
import { RowFault } from './source.ts';

const NO_ADDRESS = 'This user has no e-mail address.';

/** The text in the field `name`. `undefined` when it is missing, null or empty. Throws `RowFault`. */
export function findText(record: Fields, name: string): string | undefined {
  const value = record[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new RowFault(`${name}: this is not a plain value.`);
}

/** The address in the field `name`. Throws `RowFault`. */
export function getAddress(record: Fields, name = 'email'): string {
  const address = findText(record, name);
  if (address === undefined) throw new RowFault(NO_ADDRESS);
  return address;
}

const TRUE = /^(true|t|1|yes|y|on)$/i;
const FALSE = /^(false|f|0|no|n|off)$/i;

/** The boolean in the field `name`, as databases write it. False when it is missing. Throws `RowFault`. */
export function getBoolean(record: Fields, name: string): boolean {
  const text = findText(record, name);
  if (text === undefined || FALSE.test(text)) return false;
  if (TRUE.test(text)) return true;
  throw new RowFault(`${name}: this is neither true nor false.`);
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * The moment in the field `name`, as ISO 8601 in UTC: as databases write it, or a number of seconds or milliseconds since
 * 1970. What has no zone is taken for UTC. Throws `RowFault`.
 */
export function findMoment(record: Fields, name: string): string | undefined {
  const text = findText(record, name);
  if (text === undefined) return undefined;
  const time = /^\d{9,14}$/.test(text) ? Number(text) * (text.length > 11 ? 1 : 1000) : timeOf(text);
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw new RowFault(`${name}: this is no date and time.`);
  return date.toISOString();
}

function timeOf(text: string): number {
  const [, day, time = '00:00', fraction = '', zone = 'Z'] = MOMENT.exec(text) ?? [];
  if (day === undefined) return Number.NaN;
  const [, sign, hours, minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`;
  return Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${fraction.slice(0, 4)}${offset}`);
}

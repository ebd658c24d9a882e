import { UnsupportedHashError } from '../unsupported-hash.ts';

/** `number`, the parameter `name` of a hash. Throws `UnsupportedHashError` unless it is from `min` to `max`. */
export function checkBounds(
  scheme: string,
  name: string,
  number: number,
  { min, max }: { min: number; max: number },
): number {
  if (number < min) throw new UnsupportedHashError(`${scheme} with ${name} ${number}: ${min} at least.`);
  if (number > max) throw new UnsupportedHashError(`${scheme} with ${name} ${number}: ${max} at most.`);
  return number;
}

/** Throws `UnsupportedHashError` unless `text` has as many characters as the scheme gives it. */
export function checkLength(scheme: string, text: string, length: number, what = 'characters'): void {
  if (text.length < length) throw new UnsupportedHashError(`The hash is cut off: ${scheme} has ${length} ${what}.`);
  if (text.length > length) throw new UnsupportedHashError(`The hash is too long: ${scheme} has ${length} ${what}.`);
}

/** For a hash that has the beginning of a scheme and not its form. `form` says how it should be. */
export function malformed(scheme: string, form: string): UnsupportedHashError {
  return new UnsupportedHashError(`The hash is malformed: ${scheme} has ${form}.`);
}

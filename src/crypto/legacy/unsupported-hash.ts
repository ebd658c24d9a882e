/**
 * A hash that this service cannot verify. The message is safe to show: it names the scheme and the number at fault, and
 * no other part of the hash.
 */
export class UnsupportedHashError extends Error {
  override readonly name = 'UnsupportedHashError';
}

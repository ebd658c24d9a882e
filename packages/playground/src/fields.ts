/** A JSON object. */
export type Fields = Record<string, unknown>;

/** A copy of `value` if it is an object, or else an empty one. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/** The text in a field of `value`; `undefined` when it holds none. */
export function textOf(value: unknown, name: string): string | undefined {
  const field = fieldsOf(value)[name];
  return typeof field === 'string' ? field : undefined;
}

/** The entries of the list in a field of `value`; none when it holds no list. */
export function listOf(value: unknown, name: string): unknown[] {
  const field = fieldsOf(value)[name];
  return Array.isArray(field) ? field.map((entry: unknown) => entry) : [];
}

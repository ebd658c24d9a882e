/** The names of the service for what a caller may give, by its own name here. */
export type Names = Record<string, string>;

/** What is `given`, as the service names it, without what is `undefined`. Throws `TypeError` as `checkNames` does. */
export function rename<Value>(names: Names, given: { [name: string]: Value }): Record<string, Value> {
  checkNames(names, given);
  const wire: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) wire[names[name] ?? name] = value;
  return wire;
}

/**
 * Throws `TypeError` for a name that the method does not take: a filter or a field that is misspelled would do nothing, or
 * concern too much.
 */
export function checkNames(names: Names, given: object): void {
  if (typeof given !== 'object' || given === null) throw new TypeError('Give an object.');
  const strange = Object.keys(given).find((name) => !Object.hasOwn(names, name));
  if (strange === undefined) return;
  const known = Object.keys(names).map((name) => `"${name}"`);
  throw new TypeError(`There is no "${strange}" here. Known names: ${known.join(', ')}.`);
}

import type { Media } from './open-api.ts';
import { resolve, type Schema, type Schemas } from './schema.ts';

/** A value that `schema` describes: its example or, if it has none, one made from the examples of its parts. */
export function sampleOf(schema: Schema, schemas: Schemas, depth = 0): unknown {
  const { example, examples, ...resolved } = resolve(schema, schemas);
  const given = [example, examples?.[0], resolved.default, resolved.const, resolved.enum?.[0]].find(isGiven);
  // A schema may contain itself.
  if (given !== undefined || depth > 5) return given ?? null;
  const [first] = [...(resolved.oneOf ?? []), ...(resolved.anyOf ?? [])];
  if (first !== undefined) return sampleOf(first, schemas, depth + 1);
  if (resolved.items !== undefined) return [sampleOf(resolved.items, schemas, depth + 1)];
  const type = [resolved.type].flat()[0];
  if (type === 'object') {
    const sampleOfEach = Object.entries(resolved.properties).map(
      ([name, property]) => [name, sampleOf(property, schemas, depth + 1)] as const,
    );
    return Object.fromEntries(sampleOfEach);
  }
  return { string: resolved.format ?? 'string', integer: 1, number: 1, boolean: true }[type ?? ''] ?? null;
}

/** The examples of a body: the document's own, by name, or one made from the schema, without a name. */
export function samplesOf({ example, examples, schema }: Media, schemas: Schemas): { name?: string; value: unknown }[] {
  const own = Object.entries(examples).map(([key, { summary, value }]) => ({ name: summary ?? key, value }));
  if (own.length > 0) return own;
  if (isGiven(example)) return [{ value: example }];
  return schema === undefined ? [] : [{ value: sampleOf(schema, schemas) }];
}

/** A value as an example shows it: JSON, and text as it is. */
export function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

const isGiven = (value: unknown) => value !== undefined;

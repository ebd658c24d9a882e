import { z } from 'zod';

const text = z.string().optional();
const limit = z.number().optional();

/** The parts of a JSON Schema (2020-12) that the reference shows. */
export const schema = z.object({
  $ref: text,
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: text,
  description: text,
  required: z.array(z.string()).default([]),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  example: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  deprecated: z.boolean().default(false),
  minLength: limit,
  maxLength: limit,
  minimum: limit,
  maximum: limit,
  minItems: limit,
  maxItems: limit,
  pattern: text,
  get properties() {
    return z.record(z.string(), schema).default({});
  },
  get items() {
    return schema.optional();
  },
  get oneOf() {
    return z.array(schema).optional();
  },
  get anyOf() {
    return z.array(schema).optional();
  },
  get allOf() {
    return z.array(schema).optional();
  },
});

export type Schema = z.infer<typeof schema>;

/** Schemas by name. */
export type Schemas = Record<string, Schema>;

/** The name in a reference to a schema of the document; `undefined` when `schema` is no such reference. */
export function nameOf({ $ref = '' }: Schema): string | undefined {
  return /^#\/components\/schemas\/(.+)$/.exec($ref)?.[1];
}

/** What `schema` stands for: the target of its reference, with all parts of an `allOf` in one. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  const target = schemas[nameOf(schema) ?? ''];
  if (target !== undefined)
    return resolve({ ...target, description: schema.description ?? target.description }, schemas);
  const { allOf, ...own } = schema;
  if (allOf === undefined) return own;
  return [...allOf.map((part) => resolve(part, schemas)), own].reduce(merge);
}

/** A schema for what both describe. The later one wins. */
function merge(one: Schema, other: Schema): Schema {
  return {
    ...one,
    ...other,
    type: other.type ?? one.type,
    description: other.description ?? one.description,
    properties: { ...one.properties, ...other.properties },
    required: [...new Set([...one.required, ...other.required])],
  };
}

import { mapValues } from './map-values.ts';
import type { FieldProse } from './prose/operation-prose.ts';
import type { SchemaProse } from './prose/schemas.ts';
import type { Schema } from './raw-document.ts';

/**
 * The schemas of the routes with their prose. Throws `TypeError` for prose about a schema or a property that no route
 * has.
 */
export function describeSchemas(
  schemas: Record<string, Schema>,
  prose: Record<string, SchemaProse>,
): Record<string, Schema> {
  refuseOthers('schema', prose, schemas);
  return mapValues(schemas, (schema, name) => describe(name, schema, prose[name]));
}

function describe(
  name: string,
  schema: Schema,
  { properties: fields = {}, ...own }: SchemaProse = { description: '' },
): Schema {
  const { properties, ...rest } = schema;
  refuseOthers(`property of ${name}`, fields, properties ?? {});
  const described = properties && mapValues(properties, (field, name) => describeField(field, fields[name]));
  return { ...simplify(rest), ...own, ...(described && { properties: described }) };
}

function describeField(schema: Schema, prose: FieldProse = { description: '' }): Schema {
  const { items: ofItems, ...own } = prose;
  // Documents of OpenAPI 3.1 may put keywords beside `$ref`, but not every tool reads them.
  if (schema.$ref !== undefined) return { $ref: schema.$ref };
  const { example: _, ...rest } = simplify(schema);
  return { ...rest, ...own, ...(schema.items && { items: { ...schema.items, ...ofItems } }) };
}

/** `const` for an `enum` of one value. */
function simplify(schema: Schema): Schema {
  const { enum: values, ...rest } = schema;
  const [only, ...others] = values ?? [];
  return values !== undefined && others.length === 0 ? { ...rest, const: only } : schema;
}

function refuseOthers(kind: string, prose: object, found: object): void {
  const lost = Object.keys(prose).find((name) => !Object.hasOwn(found, name));
  if (lost !== undefined)
    throw new TypeError(`scripts/openapi/prose describes the ${kind} ${lost}, which does not exist`);
}

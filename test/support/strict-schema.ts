const PREFIX = '#/components/schemas/';

/**
 * `schema` with what it refers to in its place, and without room for further properties: clients must ignore those, but
 * a test must not.
 */
export function resolveSchema(schema: unknown, components: Record<string, unknown>): object {
  const { $ref, ...own }: Record<string, unknown> = { ...Object(schema) };
  if (typeof $ref === 'string') return resolveSchema(components[$ref.slice(PREFIX.length)], components);
  const { items, oneOf, anyOf } = own;
  const properties: Record<string, unknown> = { ...Object(own['properties']) };
  const resolve = (part: unknown) => resolveSchema(part, components);
  const all = (parts: unknown) => (Array.isArray(parts) ? parts.map(resolve) : undefined);
  return {
    ...own,
    ...(own['properties'] !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, resolve(part)])),
      additionalProperties: own['additionalProperties'] ?? false,
    }),
    ...(items !== undefined && { items: resolve(items) }),
    ...(oneOf !== undefined && { oneOf: all(oneOf) }),
    ...(anyOf !== undefined && { anyOf: all(anyOf) }),
  };
}

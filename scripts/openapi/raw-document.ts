import { z } from 'zod';

/** A JSON Schema (2020-12), as far as the routes use it. */
export type Schema = {
  [keyword: string]: unknown;
  $ref?: string | undefined;
  properties?: Record<string, Schema> | undefined;
  items?: Schema | undefined;
  enum?: unknown[] | undefined;
  anyOf?: Schema[] | undefined;
  oneOf?: Schema[] | undefined;
};

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    properties: z.record(z.string(), schema).optional(),
    items: schema.optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
  }),
);

/** The schema of a body, by content type. */
const content = z.record(z.string(), z.strictObject({ schema }));

const parameter = z.strictObject({ name: z.string(), in: z.string(), required: z.boolean(), schema });

const response = z.strictObject({ description: z.string(), content: content.optional() });

const operation = z.strictObject({
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter).default([]),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string(), response),
  // A route that is registered by hand brings it, and it is no part of the document.
  middleware: z.unknown().optional(),
});

/**
 * What `@hono/zod-openapi` writes about the routes. A keyword that is not here would be lost on the way to the document,
 * so it is refused.
 */
export const rawDocument = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), schema),
    securitySchemes: z.record(z.string(), z.looseObject({})),
  }),
});

export type RawOperation = z.infer<typeof operation>;
export type RawResponse = z.infer<typeof response>;

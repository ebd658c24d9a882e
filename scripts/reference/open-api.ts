import { z } from 'zod';
import { inlineReferences } from './inline-references.ts';
import { schema } from './schema.ts';

const text = z.string().optional();
const isTrue = z.boolean().default(false);

const example = z.object({ summary: text, description: text, value: z.unknown().optional() });
const media = z.object({
  schema: schema.optional(),
  example: z.unknown().optional(),
  examples: z.record(z.string(), example).default({}),
});
const content = z.record(z.string(), media).default({});
const header = z.object({ description: text, required: isTrue, schema: schema.optional() });
const parameter = header.extend({ name: z.string(), in: z.string(), example: z.unknown().optional() });
const parameters = z.array(parameter).default([]);
const response = z.object({ description: z.string(), headers: z.record(z.string(), header).default({}), content });

/** Any one of the requirements lets a caller in. An empty one asks for nothing. */
const security = z.array(z.record(z.string(), z.array(z.string())));

const operation = z.object({
  summary: text,
  description: text,
  tags: z.array(z.string()).default([]),
  deprecated: isTrue,
  'x-who': text,
  security: security.optional(),
  parameters,
  requestBody: z.object({ description: text, required: isTrue, content }).optional(),
  responses: z.record(z.string(), response),
});

const method = z.enum(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']);
const securityScheme = z.object({ type: z.string(), scheme: text, description: text });

const openApi = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: text }),
  tags: z.array(z.object({ name: z.string(), description: text })).default([]),
  security: security.default([]),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z
    .object({
      schemas: z.record(z.string(), schema).default({}),
      securitySchemes: z.record(z.string(), securityScheme).default({}),
    })
    .prefault({}),
});

export type Media = z.infer<typeof media>;
export type Content = z.infer<typeof content>;
export type Parameter = z.infer<typeof parameter>;
export type Header = z.infer<typeof header>;
export type Answer = z.infer<typeof response>;
export type Security = z.infer<typeof security>;
export type Operation = z.infer<typeof operation> & { method: string; path: string; security: Security };
export type OpenApi = Omit<z.infer<typeof openApi>, 'paths' | 'security'> & { operations: Operation[] };

/** Parses an OpenAPI 3.1 document. Only references to schemas remain in it, and operations have all that is theirs. */
export function parseOpenApi(document: unknown): OpenApi {
  const { paths, security: usual, ...rest } = openApi.parse(inlineReferences(document));
  const operations = Object.entries(paths).flatMap(([path, item]) => {
    const shared = parameters.parse(item['parameters']);
    return method.options.flatMap((method) => {
      if (item[method] === undefined) return [];
      const own = operation.parse(item[method]);
      return [{ ...own, method, path, security: own.security ?? usual, parameters: [...shared, ...own.parameters] }];
    });
  });
  return { ...rest, operations };
}

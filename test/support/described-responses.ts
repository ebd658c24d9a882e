import { Validator } from '@cfworker/json-schema';
import { z } from 'zod/v4';
import json from '../../assets/openapi.json' with { type: 'json' };
import { undocumentedPaths } from '../../scripts/openapi/prose/undocumented-paths.ts';
import { declaredRoutes, decodePath, findDeclared } from './declared-routes.ts';
import { resolveSchema } from './strict-schema.ts';

/** A request, and what came back. */
export type Sent = { method: string; url: string; status: number; headers: Headers; text: string };

const header = z.object({ required: z.boolean(), schema: z.looseObject({ type: z.string() }) });
const response = z.object({
  headers: z.record(z.string(), z.object({ $ref: z.string() })),
  content: z.record(z.string(), z.object({ schema: z.looseObject({}) })).optional(),
});
const responses = z.record(z.string(), response);

const document = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), z.object({ responses }))),
    'x-outside-routes': responses,
    components: z.object({ headers: z.record(z.string(), header), schemas: z.record(z.string(), z.looseObject({})) }),
  })
  .parse(json);

type Described = z.infer<typeof response>;

/** The ways in which a response is not one that assets/openapi.json describes. */
export function findUndescribed({ method, url, status, headers, text }: Sent): string[] {
  const path = decodePath(new URL(url).pathname);
  // The files of pages are no part of the API, and CORS says what a preflight gets (Fetch, section 3.2.2).
  if (undocumentedPaths.includes(path) || (method === 'OPTIONS' && status === 204)) return [];
  const described = findDescribed(method === 'HEAD' ? 'GET' : method, path)[status];
  if (described === undefined) return [`the status ${status}`];
  const wrongHeaders = findWrongHeaders(described, headers);
  if (method === 'HEAD') return text === '' ? wrongHeaders : [...wrongHeaders, 'the body of a HEAD request'];
  return [...wrongHeaders, ...findWrongBody(described, headers.get('content-type'), text)];
}

/** The responses of the route, by status; for any other request, those outside of routes. */
function findDescribed(method: string, path: string): Record<string, Described> {
  const route = findDeclared(method, path);
  if (route !== undefined) return document.paths[route.path]?.[method.toLowerCase()]?.responses ?? {};
  const isOtherMethod = declaredRoutes.some(({ pattern }) => pattern.test(path));
  const { [isOtherMethod ? 404 : 405]: _, ...outside } = document['x-outside-routes'];
  return outside;
}

function findWrongHeaders(described: Described, headers: Headers): string[] {
  return Object.entries(described.headers).flatMap(([name, { $ref }]) => {
    const { required, schema } = headerAt($ref);
    const value = headers.get(name);
    if (value === null) return required ? [`no header ${name}`] : [];
    const isRight = validatorOf(schema).validate(schema.type === 'integer' ? Number(value) : value).valid;
    return isRight ? [] : [`the header ${name}`];
  });
}

function findWrongBody({ content }: Described, contentType: string | null, text: string): string[] {
  if (content === undefined) return text === '' ? [] : ['a body'];
  const type = contentType?.split(';')[0] ?? 'none';
  const schema = content[type]?.schema;
  if (schema === undefined) return [`the content type ${type}`];
  // What is not JSON stays text, which no schema of a JSON body allows.
  const { valid, errors } = validatorOf(schema).validate(type === 'application/json' ? parse(text) : text);
  // The location of a fault is in the schema, so it repeats no value.
  return valid ? [] : [`the body: ${errors.at(-1)?.keywordLocation ?? '?'}`];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const validators = new WeakMap<object, Validator>();

/** Each schema is prepared once. */
function validatorOf(schema: object): Validator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const made = new Validator(resolveSchema(schema, document.components.schemas), '2020-12', false);
  validators.set(schema, made);
  return made;
}

function headerAt(ref: string): z.infer<typeof header> {
  const found = document.components.headers[ref.replace('#/components/headers/', '')];
  if (found === undefined) throw new TypeError(`the document has no ${ref}`);
  return found;
}

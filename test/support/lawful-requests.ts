import { z } from '@hono/zod-openapi';
import { ZodEnum } from 'zod/v4';
import { createApp } from '../../src/http/app.ts';
import { wire } from '../../src/wire.ts';
import { basic } from './clients.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import { bearer } from './service.ts';

const document = createApp(wire).getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Latchkey', version: '1' } });

/**
 * What the fields that depend on a situation are filled with, by name. All others get the example that they declare.
 */
export type Values = Record<'email' | 'password' | 'refresh_token' | 'token' | 'id', string>;

/** A request in parts, which `send` puts together. */
export type Parts = {
  path: string;
  query: string;
  method: string;
  headers: Record<string, string>;
  fields: Record<string, unknown>;
  /** The media type of the body that the route takes. */
  type: string | undefined;
  /** Sent instead of `fields`, where the route takes a body. */
  body?: BodyInit;
};

/**
 * A request to which `route` responds with a success: its required fields are filled, and it has the token of its
 * guard.
 */
export function lawfulRequest(route: DeclaredRoute, values: Values, accessToken: string): Parts {
  const { name, method, path, takes: type, guard = '', body } = route;
  const guards: Record<string, object> = { accessToken: bearer(accessToken), client: basic() };
  const filled: Record<string, unknown> = { ...exampleOf(route), ...values };
  const fill = (field: string): unknown => {
    if (filled[field] === undefined) throw new TypeError(`${name} declares no example for its field ${field}`);
    return filled[field];
  };
  return {
    path: path.replaceAll(/\{(\w+)\}/g, (_, field: string) => String(fill(field))),
    query: '',
    method,
    headers: { ...guards[guard], ...(type !== undefined && { 'content-type': type }) },
    fields: Object.fromEntries(requiredIn(body).map((field) => [field, fill(field)])),
    type,
  };
}

/** `parts` as `call` takes them. */
export function send({ path, query, method, headers, fields, type, body }: Parts) {
  const isForm = type === 'application/x-www-form-urlencoded';
  const form = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  const written = isForm ? new URLSearchParams(form).toString() : JSON.stringify(fields);
  return { path: `${path}${query}`, init: { method, headers, ...(type !== undefined && { body: body ?? written }) } };
}

/** The responses of `route` as `<status> <code>`; those without a code as `<status>`. */
export function declaredResponses({ responses }: DeclaredRoute): string[] {
  return Array.from(responses).flatMap(([status, schema]) => {
    const shape = schema instanceof z.ZodObject ? schema.shape : {};
    const codes: unknown = shape['code'] ?? shape['error'];
    return codes instanceof ZodEnum ? codes.options.map((code) => `${status} ${code}`) : [String(status)];
  });
}

/** The examples that the fields of a body declare, in the OpenAPI document. */
function exampleOf({ method, path, takes = '' }: DeclaredRoute): Record<string, unknown> {
  const operation = document.paths?.[path]?.[documentedMethod.parse(method.toLowerCase())];
  const body = operation?.requestBody;
  const schema = body !== undefined && 'content' in body ? body.content[takes]?.schema : undefined;
  const properties = schema !== undefined && 'properties' in schema ? (schema.properties ?? {}) : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, 'example' in field ? field.example : undefined]),
  );
}

const documentedMethod = z.enum(['get', 'post', 'put', 'patch', 'delete']);

function requiredIn(schema: z.ZodType | undefined): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { error } = schema.safeParse({});
  return (error?.issues ?? []).map(({ path }) => String(path[0]));
}

import { z } from '@hono/zod-openapi';
import { createApp } from '../../src/http/app.ts';
import { wire } from '../../src/wire.ts';
import { basic } from './clients.ts';
import { bearer } from './service.ts';

/** A route, as the service declares it. */
export type Route = {
  method: string;
  path: string;
  security?: Record<string, string[]>[] | undefined;
  request?: { params?: unknown; query?: unknown; body?: { content: Record<string, unknown> } | undefined };
  responses: Record<string, unknown>;
};

const app = createApp(wire);
const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Latchkey', version: '1' } });

/** Every route of the service. */
export const routes: Route[] = app.openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route' ? [definition.route] : [],
);

export const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

/** What the fields that depend on a situation are filled with, by name. All others get the example that they declare. */
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

/** A request that `route` answers with a success: its required fields are filled, and it has the token of its guard. */
export function lawfulRequest(route: Route, values: Values, accessToken: string): Parts {
  const [[type, content] = []] = Object.entries(route.request?.body?.content ?? {});
  const [scheme] = Object.keys(route.security?.[0] ?? {});
  const guards: Record<string, object> = { accessToken: bearer(accessToken), client: basic() };
  const filled: Record<string, unknown> = { ...exampleOf(route, type), ...values };
  const fill = (name: string): unknown => {
    if (filled[name] === undefined) throw new TypeError(`${nameOf(route)} declares no example for its field ${name}`);
    return filled[name];
  };
  return {
    path: route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(fill(name))),
    query: '',
    method: route.method.toUpperCase(),
    headers: { ...guards[scheme ?? ''], ...(type !== undefined && { 'content-type': type }) },
    fields: Object.fromEntries(requiredIn(schemaIn(content)).map((name) => [name, fill(name)])),
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

/** The names of the query of `route`. */
export const queryNames = (route: Route): string[] => namesIn(route.request?.query);

/** The responses of `route` as `<status> <code>`; those without a code as `<status>`. */
export function declaredResponses({ responses }: Route): string[] {
  return Object.entries(responses).flatMap(([status, response]) => {
    const { content }: Record<string, unknown> = { ...Object(response) };
    const { 'application/json': ofJson }: Record<string, unknown> = { ...Object(content) };
    const schema = schemaIn(ofJson);
    const shape = schema instanceof z.ZodObject ? schema.shape : {};
    const codes: unknown = shape['code'] ?? shape['error'];
    return codes instanceof z.ZodEnum ? codes.options.map((code) => `${status} ${code}`) : [status];
  });
}

/** The examples that the fields of a body declare, in the OpenAPI document. */
function exampleOf({ method, path }: Route, type: string | undefined): Record<string, unknown> {
  const operation = document.paths?.[path]?.[documentedMethod.parse(method)];
  const body = operation?.requestBody;
  const schema = body !== undefined && 'content' in body ? body.content[type ?? '']?.schema : undefined;
  const properties = schema !== undefined && 'properties' in schema ? (schema.properties ?? {}) : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, 'example' in field ? field.example : undefined]),
  );
}

const documentedMethod = z.enum(['get', 'post', 'put', 'patch', 'delete']);

function schemaIn(content: unknown): unknown {
  const { schema }: Record<string, unknown> = { ...Object(content) };
  return schema;
}

const namesIn = (schema: unknown) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);

function requiredIn(schema: unknown): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { error } = schema.safeParse({});
  return (error?.issues ?? []).map(({ path }) => String(path[0]));
}

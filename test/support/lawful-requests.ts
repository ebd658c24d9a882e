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

/** Every route of the service. */
export const routes: Route[] = createApp(wire).openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route' ? [definition.route] : [],
);

export const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

/** What fields are filled with, by name. A field that only a new route has needs a line here. */
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

/** A request that `route` answers with a success: its required fields filled with `values`, and the token of its guard. */
export function lawfulRequest(route: Route, values: Values, accessToken: string): Parts {
  const [[type, content] = []] = Object.entries(route.request?.body?.content ?? {});
  const [scheme] = Object.keys(route.security?.[0] ?? {});
  const guards: Record<string, object> = { accessToken: bearer(accessToken), client: basic() };
  return {
    path: route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => fill(name, values)),
    query: '',
    method: route.method.toUpperCase(),
    headers: { ...guards[scheme ?? ''], ...(type !== undefined && { 'content-type': type }) },
    fields: Object.fromEntries(requiredIn(schemaIn(content)).map((name) => [name, fill(name, values)])),
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

function fill(name: string, values: Record<string, string>): string {
  const value = values[name];
  if (value === undefined) throw new TypeError(`test/support/lawful-requests.ts has no value for the field ${name}`);
  return value;
}

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

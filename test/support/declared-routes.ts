import { z } from '@hono/zod-openapi';
import { createApp } from '../../src/http/app.ts';
import { wire } from '../../src/wire.ts';

/**
 * A route as the service declares it: `takes` is the content type of its body, `fields` the names in body and query.
 */
export type DeclaredRoute = {
  /** As in `POST /auth/login`. */
  name: string;
  method: string;
  path: string;
  pattern: RegExp;
  takes: string | undefined;
  /** The security scheme, unless anyone may call the route. */
  guard: string | undefined;
  fields: string[];
  queryFields: string[];
  body: z.ZodType | undefined;
  /** By status, the schema of the response; `undefined` where the response has no body. */
  responses: Map<number, z.ZodType | undefined>;
};

/** Every route of the service, also one that no test names. */
export const declaredRoutes: DeclaredRoute[] = createApp(wire).openAPIRegistry.definitions.flatMap((definition) => {
  if (definition.type !== 'route') return [];
  const { method, path, request, responses, security } = definition.route;
  const [[takes, content] = []] = Object.entries(request?.body?.content ?? {});
  const [body, queryFields] = [schemaIn(content), namesIn(request?.query)];
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    pattern: patternOf(path),
    takes,
    guard: Object.keys(security?.[0] ?? {})[0],
    fields: [...namesIn(body), ...queryFields],
    queryFields,
    body,
    responses: new Map(Object.entries(responses).map(([status, response]) => [Number(status), schemaOf(response)])),
  };
});

/** Finds the declared route of a request. */
export function findDeclared(method: string, path: string): DeclaredRoute | undefined {
  return declaredRoutes.find((route) => route.method === method && route.pattern.test(path));
}

/** Decodes a path as the router does: where a part is malformed, only the others. */
export function decodePath(pathname: string): string {
  return tryDecode(pathname) ?? pathname.replaceAll(/(?:%[\da-f]{2})+/gi, (part) => tryDecode(part) ?? part);
}

function tryDecode(text: string): string | undefined {
  try {
    return decodeURI(text);
  } catch {
    return undefined;
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`, 's');
}

function namesIn(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** Finds the schema of a response. */
function schemaOf(response: unknown): z.ZodType | undefined {
  if (typeof response !== 'object' || response === null || !('content' in response)) return undefined;
  const contents: Record<string, unknown> = { ...Object(response.content) };
  return schemaIn(Object.values(contents)[0]);
}

function schemaIn(content: unknown): z.ZodType | undefined {
  const { schema }: Record<string, unknown> = { ...Object(content) };
  return schema instanceof z.ZodType ? schema : undefined;
}

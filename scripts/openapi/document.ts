import { isDeepStrictEqual } from 'node:util';
import { Failure } from '../command.ts';
import { loadTextModules } from '../smoke/text-modules.ts';
import { headerComponents } from './describe-headers.ts';
import { describeOperation, type NameSchema } from './describe-operation.ts';
import { ref } from './describe-response.ts';
import { describeSchemas } from './describe-schemas.ts';
import { outsideRoutes } from './outside-routes.ts';
import { requestHeaders } from './prose/headers.ts';
import { info, securitySchemes, servers, type Tag, tags } from './prose/info.ts';
import { operations } from './prose/operations.ts';
import { schemas as schemaProse } from './prose/schemas.ts';
import { undocumentedPaths } from './prose/undocumented-paths.ts';
import { describeRefusals } from './refusals.ts';
import { rawDocument, type Schema } from './raw-document.ts';

export type OpenApiDocument = Awaited<ReturnType<typeof makeDocument>>;

/** The OpenAPI document: what the routes say of themselves, with the prose of `prose/`. */
export async function makeDocument() {
  const raw = rawDocument.parse(await readRoutes());
  const named = { ...raw.components.schemas };
  const nameSchema: NameSchema = (name, schema) => {
    const { example: _, ...kept } = schema;
    if (named[name] !== undefined && !isDeepStrictEqual(named[name], kept))
      throw new TypeError(`two schemas have the name ${name}`);
    named[name] = kept;
    return ref(name);
  };
  const paths = Object.entries(raw.paths)
    .filter(([path]) => !undocumentedPaths.includes(path))
    .map(([path, methods]) => {
      const routes = Object.entries(methods).map(([method, route]) => ({
        method,
        route,
        prose: proseOf(method, path),
      }));
      const described = routes.map(
        ({ method, route, prose }) => [method, describeOperation(route, prose, nameSchema)] as const,
      );
      return { path, order: orderOf(routes[0]?.prose.tag), operations: Object.fromEntries(described) };
    })
    .toSorted((a, b) => a.order - b.order);
  return {
    openapi: '3.1.0',
    info,
    servers,
    tags,
    'x-outside-routes': outsideRoutes,
    paths: Object.fromEntries(paths.map(({ path, operations }) => [path, operations])),
    components: {
      securitySchemes: describeSchemes(raw.components.securitySchemes),
      parameters: requestHeaders,
      headers: headerComponents,
      schemas: used({ ...describeSchemas(named, schemaProse), ...describeRefusals() }, [paths, outsideRoutes]),
    },
  };
}

function proseOf(method: string, path: string) {
  const route = `${method.toUpperCase()} ${path}`;
  const prose = operations[route];
  if (prose === undefined)
    throw new Failure(
      `${route} has no prose: give it an entry in scripts/openapi/prose, or put it into undocumented-paths.ts.`,
    );
  return prose;
}

/** Routes come in the order of their tags. */
const orderOf = (tag?: Tag) => tags.findIndex(({ name }) => name === tag);

async function readRoutes() {
  loadTextModules();
  // Imported late, because the service imports a text.
  const { createApp } = await import('../../src/http/app.ts');
  const app = createApp(() => {
    throw new TypeError('nothing calls this service');
  });
  return app.getOpenAPI31Document({ openapi: '3.1.0', info });
}

function describeSchemes(schemes: Record<string, object>) {
  const prose: Record<string, object> = securitySchemes;
  return Object.fromEntries(Object.entries(schemes).map(([name, scheme]) => [name, { ...scheme, ...prose[name] }]));
}

/** The schemas that `parts` refer to, and those that they refer to in turn, by name. */
function used(schemas: Record<string, Schema>, parts: unknown) {
  const names = new Set<string>();
  const collect = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (names.has(name)) continue;
      names.add(name);
      collect(schemas[name]);
    }
  };
  collect(parts);
  return Object.fromEntries([...names].toSorted().map((name) => [name, schemas[name]]));
}

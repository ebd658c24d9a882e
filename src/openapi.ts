/**
 * The part of `@asteasolutions/zod-to-openapi` that the service needs: the declared routes. The rest makes the OpenAPI
 * document, which `npm run assets` does, and weighs 30 KB, minified. wrangler.toml and vitest.config.ts replace the
 * package by this file, for `@hono/zod-openapi`.
 */
export class OpenAPIRegistry {
  readonly definitions: object[] = [];

  registerPath(route: object): void {
    this.definitions.push({ type: 'route', route });
  }

  registerComponent(componentType: string, name: string, component: object): void {
    this.definitions.push({ type: 'component', componentType, name, component });
  }
}

/** Gives every schema a method `openapi`, which takes prose for the document and does nothing here. */
export function extendZodWithOpenApi({ ZodType }: { ZodType: { prototype: object } }): void {
  Object.assign(ZodType.prototype, {
    openapi(this: unknown) {
      return this;
    },
  });
}

/** Nothing in the service makes a document. */
export const [OpenApiGeneratorV3, OpenApiGeneratorV31, getOpenApiMetadata] = [undefined, undefined, undefined];

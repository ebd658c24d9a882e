import { loadTextModules } from '../smoke/text-modules.ts';

/** The OpenAPI document of the service, from its routes. */
export async function makeDocument() {
  loadTextModules();
  // Imported late, because the service imports a text.
  const { createApp } = await import('../../src/http/app.ts');
  const app = createApp(() => {
    throw new TypeError('nothing calls this service');
  });
  return app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Latchkey', version: '0.1.0' } });
}

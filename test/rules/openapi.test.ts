import { OpenAPIHono, z } from '@hono/zod-openapi';
import { expect, it } from 'vitest';
import toml from '../../wrangler.toml?raw';
import * as part from '../../src/openapi.ts';

const users = import.meta.glob<string>('/node_modules/@hono/zod-openapi/dist/index.mjs', {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('serves, in these tests as after a deploy, with the part of the package in src/openapi.ts', () => {
  expect(new OpenAPIHono().openAPIRegistry).toBeInstanceOf(part.OpenAPIRegistry);
  expect(toml).toMatch(/^alias = .*"@asteasolutions\/zod-to-openapi" = "\.\/src\/openapi\.ts"/m);
});

it('has every name that @hono/zod-openapi imports, and no other', () => {
  const [, names = ''] =
    /^import \{ ([^}]+) \} from "@asteasolutions\/zod-to-openapi";$/m.exec(Object.values(users)[0] ?? '') ?? [];
  expect(Object.keys(part).toSorted()).toEqual(names.split(', ').toSorted());
});

it('leaves a schema as it is when prose is added', () => {
  const schema = z.string().min(2);
  expect(schema.openapi('Name', { description: 'A name.' })).toBe(schema);
});

import { Validator } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import json from '../../assets/openapi.json' with { type: 'json' };
import { operations } from '../../scripts/openapi/prose/operations.ts';
import { undocumentedPaths } from '../../scripts/openapi/prose/undocumented-paths.ts';
import { refusals } from '../../src/errors.ts';
import { resolveSchema } from '../support/strict-schema.ts';

const schema = z.looseObject({});
const content = z.record(
  z.string(),
  z.object({ schema, examples: z.record(z.string(), z.object({ value: z.unknown() })) }),
);
const operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  requestBody: z.object({ content }).optional(),
  parameters: z.array(z.looseObject({ $ref: z.string().optional(), description: z.string().optional() })),
  responses: z.record(z.string(), z.object({ description: z.string(), content: content.optional() })),
});

const { paths, components, tags } = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), operation)),
    tags: z.array(z.object({ name: z.string() })),
    components: z.object({ schemas: z.record(z.string(), schema) }),
  })
  .parse(json);

const routes = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, ...operation })),
);

describe.each(routes)(
  '$route',
  ({ operationId, tags: own, summary, description, parameters, requestBody, responses }) => {
    it('has a name, one tag and a description', () => {
      expect(operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(own).toHaveLength(1);
      expect(tags.map(({ name }) => name)).toEqual(expect.arrayContaining(own));
      for (const text of [summary, description]) expect(text).not.toBe('');
      for (const { $ref, description = '' } of parameters) expect($ref ?? description).not.toBe('');
    });

    const bodies = [
      ['request', requestBody?.content] as const,
      ...Object.entries(responses).map(([status, { content }]) => [status, content] as const),
    ];

    it('has examples for its request and for each response, and their schemas allow them', () => {
      for (const [name, body = {}] of bodies) {
        for (const { schema, examples } of Object.values(body)) {
          expect(Object.keys(examples), name).not.toEqual([]);
          const validator = new Validator(resolveSchema(schema, components.schemas), '2020-12', false);
          for (const { value } of Object.values(examples)) expect(validator.validate(value).errors, name).toEqual([]);
        }
      }
    });

    it('has a named schema for each body', () => {
      for (const [name, body = {}] of bodies) {
        for (const { schema } of Object.values(body))
          expect(Object.keys(schema), name).toEqual([expect.stringMatching(/^(\$ref|oneOf)$/)]);
      }
    });
  },
);

it('names each operation once', () => {
  const names = routes.map(({ operationId }) => operationId);
  expect([...new Set(names)]).toEqual(names);
});

it('describes no route that the service does not have', () => {
  expect(Object.keys(operations).toSorted()).toEqual(routes.map(({ route }) => route).toSorted());
  expect(undocumentedPaths.filter((path) => path in paths)).toEqual([]);
});

it.each(Object.entries(components.schemas))('describes the schema %s and each of its fields', (_, schema) => {
  const { description, properties = {} } = z
    .object({ description: z.string(), properties: z.record(z.string(), z.looseObject({})).optional() })
    .parse(schema);
  expect(description).toMatch(/^[^]+\.$/);
  for (const [name, field] of Object.entries(properties)) {
    expect(field['$ref'] ?? field['description'], name).toMatch(/^#\/|\.$/);
  }
});

it.each(Object.entries(components.schemas))('names each object within the schema %s', (_, { properties }) => {
  const fields: Record<string, unknown> = { ...Object(properties) };
  for (const [name, field] of Object.entries(fields)) {
    const { items, ...own }: Record<string, unknown> = { ...Object(field) };
    expect(own, name).not.toHaveProperty('properties');
    expect({ ...Object(items) }, name).not.toHaveProperty('properties');
  }
});

it('has an example of every refusal that a route declares', () => {
  const shown = routes.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content = {} }) =>
      Object.values(content).flatMap(({ examples }) => Object.keys(examples)),
    ),
  );
  const outside = Object.values(json['x-outside-routes']).flatMap(({ content }) =>
    Object.keys(content['application/json'].examples),
  );
  expect([...shown, ...outside]).toEqual(expect.arrayContaining(Object.keys(refusals)));
});

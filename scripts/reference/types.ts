import { html } from 'hono/html';
import { schemaId } from './anchors.ts';
import { type Html, join } from './html.ts';
import { nameOf, type Schema } from './schema.ts';

/** The type of `schema` in words, such as `array of Session`, with links to the schemas that it names. */
export function typeOf(schema: Schema): Html {
  const name = nameOf(schema);
  if (name !== undefined) return html`<a href="#${schemaId(name)}">${name}</a>`;
  const options = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (options !== undefined) return join(options.map(typeOf), schema.allOf === undefined ? ' or ' : ' and ');
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return join(schema.enum.map(literal), ' or ');
  if (schema.items !== undefined) return html`array of ${typeOf(schema.items)}`;
  return html`${[schema.type ?? 'any value'].flat().join(' or ')}`;
}

/** What the values of `schema` are limited to, in words: `email`, `8 to 256 characters`. */
export function limitsOf(schema: Schema): string[] {
  return [
    schema.format?.startsWith('int') === true ? undefined : schema.format,
    range(schema.minLength, schema.maxLength, 'characters'),
    range(schema.minItems, schema.maxItems, 'items'),
    range(schema.minimum, schema.maximum, ''),
    schema.pattern === undefined ? undefined : `matches ${schema.pattern}`,
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} if left out`,
  ].filter((limit) => limit !== undefined);
}

function literal(value: unknown): Html {
  return html`<code>${JSON.stringify(value)}</code>`;
}

function range(min: number | undefined, max: number | undefined, unit: string): string | undefined {
  if (min === undefined && max === undefined) return undefined;
  if (min === max) return `${min} ${unit}`.trim();
  const words = max === undefined ? `at least ${min}` : min === undefined ? `at most ${max}` : `${min} to ${max}`;
  // Counting begins with one: "at least 1 characters" would be wrong.
  return `${words} ${min === 1 && max === undefined ? unit.replace(/s$/, '') : unit}`.trim();
}

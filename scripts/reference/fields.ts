import { html } from 'hono/html';
import { type Html, join } from './html.ts';
import { markdown } from './markdown.ts';
import type { Header, Parameter } from './open-api.ts';
import { resolve, type Schema, type Schemas } from './schema.ts';
import { limitsOf, typeOf } from './types.ts';

/** The fields of `schema`, one below the other, with those of objects in it. Named schemas in it are links. */
export function fieldsOf(schema: Schema, schemas: Schemas): Html {
  const resolved = resolve(schema, schemas);
  const options = resolved.oneOf ?? resolved.anyOf;
  if (options !== undefined) {
    const each = options.map((option) => html`<li>${typeOf(option)}${fieldsOf(option, schemas)}</li>`);
    return html`<p>One of these:</p>
      <ul class="options">
        ${each}
      </ul>`;
  }
  if (resolved.items !== undefined)
    return html`<p>${typeOf(resolved)}</p>
      ${partsOf(resolved)}`;
  const fields = Object.entries(resolved.properties);
  if (fields.length === 0) return html``;
  return html`<dl class="fields">
    ${fields.map(([name, field]) =>
      describe({ name, schema: field, isRequired: resolved.required.includes(name), description: field.description }),
    )}
  </dl>`;
}

/** Parameters or headers, one below the other. If they shall have ids, `idOf` makes them from the names. */
export function parametersOf(
  parameters: Pick<Parameter, 'name' | keyof Header>[],
  idOf?: (name: string) => string,
): Html {
  const rows = parameters.map(({ name, schema, required, description = schema?.description }) =>
    describe({ name, id: idOf?.(name), schema, isRequired: required, description }),
  );
  return html`<dl class="fields">${rows}</dl>`;
}

type Field = {
  name: string;
  id?: string | undefined;
  schema: Schema | undefined;
  isRequired: boolean;
  description: string | undefined;
};

function describe({ name, id, schema, isRequired, description }: Field): Html {
  const facts = schema === undefined ? [] : [typeOf(schema), ...limitsOf(schema)];
  if (!isRequired) facts.push('optional');
  if (schema?.deprecated === true) facts.push('deprecated');
  return html`<div>
    <dt${id === undefined ? '' : html` id="${id}"`}><code>${name}</code> <span class="facts">${join(facts, ', ')}</span></dt>
    <dd>${markdown(description)}${schema === undefined ? '' : partsOf(schema)}</dd>
  </div>`;
}

/** The fields of an object that has no name of its own, or of those in an array. */
function partsOf(schema: Schema): Html {
  if (schema.items !== undefined) return partsOf(schema.items);
  return schema.$ref === undefined && Object.keys(schema.properties).length > 0 ? fieldsOf(schema, {}) : html``;
}

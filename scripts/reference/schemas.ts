import { html } from 'hono/html';
import { linkTo, schemaId } from './anchors.ts';
import { fieldsOf } from './fields.ts';
import type { Html } from './html.ts';
import { markdown } from './markdown.ts';
import type { OpenApi } from './open-api.ts';
import { refusalOf } from './refusals.ts';
import type { Schema, Schemas } from './schema.ts';
import { limitsOf, typeOf } from './types.ts';

/** All schemas with a name, except those of refusals, which are rows in the table of errors. */
export function renderSchemas({ components: { schemas } }: OpenApi): Html {
  const shown = Object.entries(schemas).filter(([, schema]) => refusalOf(schema) === undefined);
  return html`<section aria-labelledby="schemas">
    <h2 id="schemas">Schemas ${linkTo('schemas', 'the schemas')}</h2>
    ${shown.map(([name, schema]) => renderSchema(name, schema, schemas))}
  </section>`;
}

function renderSchema(name: string, schema: Schema, schemas: Schemas): Html {
  const id = schemaId(name);
  const hasParts =
    Object.keys(schema.properties).length > 0 || [schema.oneOf, schema.anyOf, schema.items].some(Boolean);
  return html`<h3 id="${id}">${name} ${linkTo(id, name)}</h3>
    ${markdown(schema.description)}
    ${hasParts ? fieldsOf(schema, schemas) : html`<p class="facts">${[typeOf(schema), ...limitsOf(schema).map((limit) => [', ', limit])]}</p>`}`;
}

import { html } from 'hono/html';
import { fieldsOf } from './fields.ts';
import { block, type Html } from './html.ts';
import type { Content, Media } from './open-api.ts';
import { samplesOf, show } from './sample.ts';
import { nameOf, type Schema, type Schemas } from './schema.ts';
import { typeOf } from './types.ts';

type Part = 'fields' | 'examples';

/** The fields and the examples of a body, for each of its types. One of both is open, where they take turns. */
export function renderContent(content: Content, schemas: Schemas, open: Part): Html {
  const each = Object.entries(content).map(
    ([type, media]) =>
      html`<p>Body: <code>${type}</code></p>
        ${media.schema === undefined ? '' : renderSchema(media.schema, schemas, open)}
        ${type.endsWith('json') ? renderSamples(media, schemas, open) : ''}`,
  );
  return html`${each}`;
}

function renderSchema(schema: Schema, schemas: Schemas, open: Part): Html {
  if (nameOf(schema) === undefined) return fieldsOf(schema, schemas);
  return html`<details${open === 'fields' ? ' open' : ''}>
    <summary>Fields</summary>
    <p>${typeOf(schema)}</p>
    ${fieldsOf(schema, schemas)}
  </details>`;
}

function renderSamples(media: Media, schemas: Schemas, open: Part): Html {
  const samples = samplesOf(media, schemas);
  const each = samples.map(({ name = '', value }) => {
    const title = samples.length === 1 ? 'Example' : `Example: ${name}`;
    return html`<details${open === 'examples' ? ' open' : ''}>
      <summary>${title}</summary>
      ${block(show(value), title)}
    </details>`;
  });
  return html`${each}`;
}

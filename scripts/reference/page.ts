import { html } from 'hono/html';
import { linkTo, operationId, schemaId, tagId } from './anchors.ts';
import { renderAuthentication } from './authentication.ts';
import { fieldsOf } from './fields.ts';
import { type Html, textOf } from './html.ts';
import { markdown } from './markdown.ts';
import { type OpenApi, type Operation, parseOpenApi } from './open-api.ts';
import { renderOperation } from './operation.ts';
import { renderErrors } from './refusals.ts';
import { typeOf } from './types.ts';

type Group = { name: string; description?: string | undefined; operations: Operation[] };

/** The reference as an HTML page: all that the OpenAPI `document` says, and the table of all errors. Runs no script. */
export async function renderPage(document: unknown): Promise<string> {
  const api = parseOpenApi(document);
  const groups = groupByTag(api);
  const { title, version, description = 'Token authentication for the edge.' } = api.info;
  return textOf(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title}: API reference</title>
          <link rel="stylesheet" href="/docs.css" />
        </head>
        <body>
          <a class="skip" href="#content">Skip to the reference</a>
          <header>
            <h1>${title} <small>${version}</small></h1>
            ${markdown(description)}
            <p>This page is made from <a href="/openapi.json">the OpenAPI document</a>.</p>
          </header>
          <div class="columns">
            ${renderContents(groups, api)}
            <main id="content">
              ${renderAuthentication(api)} ${groups.map((group) => renderGroup(group, api))} ${renderSchemas(api)}
              ${renderErrors(api)}
            </main>
          </div>
        </body>
      </html>`,
  );
}

/** The operations by their first tag, in the order of the document's tags. */
function groupByTag({ tags, operations }: OpenApi): Group[] {
  const byTag = Map.groupBy(operations, (operation) => operation.tags[0] ?? 'Operations');
  const order = new Set([...tags.map(({ name }) => name), ...byTag.keys()]);
  return [...order]
    .map((name) => ({
      name,
      description: tags.find((tag) => tag.name === name)?.description,
      operations: byTag.get(name) ?? [],
    }))
    .filter(({ operations }) => operations.length > 0);
}

function renderContents(groups: Group[], { components }: OpenApi): Html {
  const each = groups.map(
    ({ name, operations }) =>
      html`<li>
        <a href="#${tagId(name)}">${name}</a>
        <ul>
          ${operations.map(
            (operation) =>
              html`<li>
                <a href="#${operationId(operation)}"
                  ><span class="method">${operation.method.toUpperCase()}</span> ${operation.path}</a
                >
              </li>`,
          )}
        </ul>
      </li>`,
  );
  const hasSchemas = Object.keys(components.schemas).length > 0;
  return html`<nav aria-label="Contents">
    <ul>
      <li><a href="#authentication">How to authenticate</a></li>
      ${each} ${hasSchemas ? html`<li><a href="#schemas">Schemas</a></li>` : ''}
      <li><a href="#errors">Errors</a></li>
    </ul>
  </nav>`;
}

function renderGroup({ name, description, operations }: Group, api: OpenApi): Html {
  return html`<section aria-labelledby="${tagId(name)}">
    <h2 id="${tagId(name)}">${name} ${linkTo(tagId(name), name)}</h2>
    ${markdown(description)} ${operations.map((operation) => renderOperation(operation, api))}
  </section>`;
}

function renderSchemas({ components }: OpenApi): Html {
  const schemas = Object.entries(components.schemas);
  if (schemas.length === 0) return html``;
  const each = schemas.map(
    ([name, schema]) =>
      html`<h3 id="${schemaId(name)}">${name} ${linkTo(schemaId(name), name)}</h3>
        ${markdown(schema.description)}
        ${Object.keys(schema.properties).length === 0 ? html`<p>${typeOf(schema)}</p>` : ''}${fieldsOf(schema, components.schemas)}`,
  );
  return html`<section aria-labelledby="schemas">
    <h2 id="schemas">Schemas ${linkTo('schemas', 'the schemas')}</h2>
    ${each}
  </section>`;
}

import { html } from 'hono/html';
import { linkTo, tagId } from './anchors.ts';
import { renderAuthentication } from './authentication.ts';
import { type Group, groupByTag, renderContents } from './contents.ts';
import { renderEveryCall } from './every-call.ts';
import { type Html, textOf } from './html.ts';
import { markdown } from './markdown.ts';
import { type OpenApi, parseOpenApi } from './open-api.ts';
import { renderOperation } from './operation.ts';
import { renderErrors } from './refusals.ts';
import { renderSchemas } from './schemas.ts';

/** The reference as an HTML page: all that the OpenAPI `document` says, and the table of all errors. Runs no script. */
export async function renderPage(document: unknown): Promise<string> {
  const api = parseOpenApi(document);
  const groups = groupByTag(api);
  const { title, version, description } = api.info;
  return textOf(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title}: API reference</title>
          <link rel="icon" href="data:," />
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
            ${renderContents(groups)}
            <main id="content">
              ${renderAuthentication(api)} ${groups.map((group) => renderGroup(group, api))} ${renderEveryCall(api)}
              ${renderSchemas(api)} ${renderErrors(api)}
            </main>
          </div>
        </body>
      </html>`,
  );
}

function renderGroup({ name, description, operations }: Group, api: OpenApi): Html {
  return html`<section aria-labelledby="${tagId(name)}">
    <h2 id="${tagId(name)}">${name} ${linkTo(tagId(name), name)}</h2>
    ${markdown(description)} ${operations.map((operation) => renderOperation(operation, api))}
  </section>`;
}

import { html } from 'hono/html';
import { linkTo, operationId } from './anchors.ts';
import { renderAnswers } from './answers.ts';
import { nameCallers } from './authentication.ts';
import { callOf } from './call.ts';
import { renderContent } from './content.ts';
import { ownParameters } from './every-call.ts';
import { parametersOf } from './fields.ts';
import { block, type Html } from './html.ts';
import { inline, markdown } from './markdown.ts';
import type { OpenApi, Operation } from './open-api.ts';

/** All that a caller needs to know about `operation`. */
export function renderOperation(operation: Operation, document: OpenApi): Html {
  const { method, path, summary = '', description, deprecated } = operation;
  const parameters = ownParameters(operation, document);
  const id = operationId(operation);
  const name = `${method.toUpperCase()} ${path}`;
  return html`<article class="operation" aria-labelledby="${id}">
    <h3 id="${id}">
      <span class="method">${method.toUpperCase()}</span> <code>${breakable(path)}</code> ${linkTo(id, name)}
    </h3>
    <p class="summary">${inline(summary)}${deprecated ? html` <strong>Deprecated.</strong>` : ''}</p>
    ${markdown(description)}
    <p><strong>Who may call:</strong> ${nameCallers(operation, document)}.</p>
    ${
      parameters.length === 0
        ? ''
        : html`<h4>Parameters</h4>
            ${parametersOf(parameters)}`
    }
    ${renderBody(operation, document)} ${block(callOf(operation, document), `Call of ${name}`)}
    ${renderAnswers(operation, document)}
  </article>`;
}

function renderBody({ requestBody }: Operation, { components }: OpenApi): Html {
  if (requestBody === undefined) return html``;
  const { description, required, content } = requestBody;
  return html`<h4>Request body${required ? '' : ' (optional)'}</h4>
    ${markdown(description)}${renderContent(content, components.schemas, 'fields')}`;
}

/** A path that may break after each slash, so that it fits a phone. */
function breakable(path: string): Html {
  return html`${path.split(/(?<=\/)/).map((part) => html`${part}<wbr />`)}`;
}

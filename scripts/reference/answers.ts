import { html } from 'hono/html';
import { linkTo, operationId } from './anchors.ts';
import { renderContent } from './content.ts';
import { listOwnHeaders } from './every-call.ts';
import type { Html } from './html.ts';
import { markdown } from './markdown.ts';
import type { Answer, OpenApi, Operation } from './open-api.ts';
import { codesOf, listCodes } from './refusals.ts';

/** The responses of `operation`, by status. */
export function renderAnswers(operation: Operation, api: OpenApi): Html {
  const name = `${operation.method.toUpperCase()} ${operation.path}`;
  const each = Object.entries(operation.responses).map(([status, answer]) => {
    const id = `${operationId(operation)}-${status}`;
    return html`<div class="response">
      <h5 id="${id}"><code>${status}</code> ${linkTo(id, `${status} of ${name}`)}</h5>
      <div>${renderAnswer(answer, api)}</div>
    </div>`;
  });
  return html`<h4>Responses</h4>
    ${each}`;
}

/** A refusal is its codes. What their bodies have in common is said with the table of all. */
function renderAnswer(answer: Answer, api: OpenApi): Html {
  const { schemas } = api.components;
  const codes = codesOf(answer, schemas);
  const body =
    codes.length > 0
      ? listCodes(codes)
      : html`${markdown(answer.description)}${renderContent(answer.content, schemas, 'examples')}`;
  return html`${body}${listOwnHeaders(answer, api)}`;
}

import { html } from 'hono/html';
import { linkTo, operationId } from './anchors.ts';
import { fieldsOf, parametersOf } from './fields.ts';
import { block, type Html } from './html.ts';
import { markdown } from './markdown.ts';
import type { Answer, Content, Operation } from './open-api.ts';
import { codesOf, listCodes } from './refusals.ts';
import { samplesOf, show } from './sample.ts';
import { nameOf, type Schemas } from './schema.ts';
import { typeOf } from './types.ts';

/** The responses of `operation`, by status. */
export function renderAnswers(operation: Operation, schemas: Schemas): Html {
  const id = operationId(operation);
  const name = `${operation.method.toUpperCase()} ${operation.path}`;
  const each = Object.entries(operation.responses).map(
    ([status, answer]) =>
      html`<section class="response" aria-labelledby="${id}-${status}">
        <h5 id="${id}-${status}">
          <code class="status s${status[0]}">${status}</code> ${linkTo(`${id}-${status}`, `${status} of ${name}`)}
        </h5>
        ${renderAnswer(answer, schemas)}
      </section>`,
  );
  return html`<h4 id="${id}-responses">Responses</h4>
    ${each}`;
}

/** The fields and the examples of a body, for each of its types. */
export function renderContent(content: Content, schemas: Schemas): Html {
  const each = Object.entries(content).map(([type, media]) => {
    const { schema } = media;
    const name = schema !== undefined && nameOf(schema) !== undefined ? html`: ${typeOf(schema)}` : '';
    return html`<p class="media"><code>${type}</code>${name}</p>
      ${schema === undefined ? '' : fieldsOf(schema, schemas)}${type.endsWith('json') ? renderSamples(media, schemas) : ''}`;
  });
  return html`${each}`;
}

/** A refusal is its codes: its body is the same everywhere. */
function renderAnswer(answer: Answer, schemas: Schemas): Html {
  const { description, headers, content } = answer;
  const named = Object.entries(headers).map(([name, header]) => ({ name, ...header }));
  const codes = codesOf(answer, schemas);
  const body = codes.length > 0 ? listCodes(codes) : html`${markdown(description)}${renderContent(content, schemas)}`;
  return html`${body}${
    named.length === 0
      ? ''
      : html`<p class="media">Headers</p>
          ${parametersOf(named)}`
  }`;
}

function renderSamples(media: Content[string], schemas: Schemas): Html {
  const samples = samplesOf(media, schemas).map(({ name, value }) => {
    const title = name === undefined ? 'Example' : `Example: ${name}`;
    return html`<details>
      <summary>${title}</summary>
      ${block(show(value), title)}
    </details>`;
  });
  return html`${samples}`;
}
